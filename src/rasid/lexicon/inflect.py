"""Inflection of Arabic verbs and nouns from lemmas, on unvocalised keys.

Written forms carry no short vowels, so active and passive share most of them; where the letters differ (أصاب/أصيب
"struck / was struck") the form says its voice. A lemma is given as the perfect, third person masculine singular, with
its hamza (أطلق "launched"), since that decides the derived form. What the shape of the lemma cannot tell is stated
after bars: ``قال|impf=قول`` (hollow verbs), ``وقع|masdar=وقوع``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rasid.errors import KnowledgeError
from rasid.text.keys import fold, light


@dataclass(frozen=True, slots=True)
class Form:
    """One written form. tense: perf, impf, masdar, part (participle). voice: a, p or ap where letters do not tell.

    number: s, d, p or "" (verb before its subject is singular whatever follows); gender: m, f or "".
    person: 1, 2, 3 or 0.
    """

    key: str
    tense: str
    voice: str = "ap"
    person: int = 0
    number: str = ""
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Verb:
    """A lemma with the stems that its shape gives. All stems are light (hamza kept), forms are folded late."""

    lemma: str
    perfect: str
    imperfect: str
    passive_perfect: str
    passive_imperfect: str
    masdars: tuple[str, ...]
    active_participle: str
    passive_participle: str
    kind: str  # sound, hollow, defective
    passive_is_apart: bool


_WEAK_END = ("ى", "ا", "ي")


def _options(spec: str) -> tuple[str, dict[str, str]]:
    lemma, *rest = spec.split("|")
    options = {}
    for part in rest:
        name, sep, value = part.partition("=")
        if not sep or name not in {"impf", "masdar", "pass", "part", "ppart", "form"}:
            raise KnowledgeError(f"verb option {part!r}", where=spec, mend="use impf= masdar= pass= part= ppart= form=")
        options[name] = value
    return light(lemma.strip()), options


def derived_form(lemma: str) -> str:
    """The derived form (I to X, or Q for four radicals) that the letters of a perfect show.

    Three letters do not tell form I from II: entries say ``form=II``.
    """
    n = len(lemma)
    if lemma.startswith("است") and n >= 5:
        return "X"
    if lemma.startswith("ان") and n >= 5:
        return "VII"
    if lemma[0] == "ا" and n >= 4 and (lemma[2] in "تطد" or lemma[1] == "ت"):
        return "VIII"
    if lemma[0] == "أ" and n >= 4:
        return "IV"
    if lemma[0] == "آ":
        return "IV"
    if lemma[0] == "ت" and n >= 4:
        return "VI" if n >= 5 and lemma[2] == "ا" else "V"
    if n >= 4 and lemma[1] == "ا":
        return "III"
    if n >= 4:
        return "Q"
    return "I"


def _weakness(lemma: str) -> str:
    if lemma.endswith(_WEAK_END):
        return "defective"
    if len(lemma) >= 3 and lemma[-2] == "ا" and derived_form(lemma) not in {"III", "VI"}:
        return "hollow"
    return "sound"


def _default_imperfect(lemma: str, form: str) -> str:
    """The imperfect without its prefix."""
    if form in {"VII", "VIII", "X"}:
        stem = lemma[1:]
    elif form == "IV":
        stem = lemma[1:] if lemma[0] == "أ" else "ؤ" + lemma[1:]
    elif form == "I" and lemma[0] == "و":
        stem = lemma[1:]
    elif form == "II" and lemma[0] == "أ":
        stem = "ؤ" + lemma[1:]  # the hamza takes the seat that u gives it: أكّد يؤكّد مؤكّد
    else:
        stem = lemma
    if stem.endswith(("ى", "ا")):
        stem = stem[:-1] + ("ى" if form in {"V", "VI"} else "ي")
    elif len(stem) >= 2 and stem[-2] == "ا" and form in {"IV", "X"}:
        stem = stem[:-2] + "ي" + stem[-1]
    return stem


def _default_masdar(lemma: str, form: str, weak: str) -> tuple[str, ...]:
    """The regular masdar of a derived form; form I has none by rule."""
    body = lemma
    if form == "X" and weak == "hollow":
        return (body[:-2] + "ا" + body[-1] + "ة",)
    if (form == "X" and len(body) == 5) or (form == "VIII" and len(body) == 4 and weak == "sound"):
        return (body + "ا" + body[-1],)  # doubled root: احتل احتلال, استمر استمرار
    if form == "II":
        return ("ت" + body[:-1] + "ية",) if weak == "defective" else ("ت" + body[:-1] + "ي" + body[-1],)
    if form == "IV" and weak == "hollow":
        return ("إ" + body[1:] + "ة",)
    if form in {"VII", "VIII", "X"}:
        if weak == "hollow":
            return (body[:-2] + "ي" + body[-2:],)
        return (body[:-1] + "اء",) if weak == "defective" else (body[:-1] + "ا" + body[-1],)
    if form == "IV" and body[1] == "و":
        body = body[0] + "ي" + body[2:]  # أوقف إيقاف
    if form == "IV":
        return ("إ" + body[1:-1] + "اء",) if weak == "defective" else ("إ" + body[1:-1] + "ا" + body[-1],)
    if form == "III":
        return ("م" + body[:-1] + "اة",) if weak == "defective" else ("م" + body + "ة",)
    if form in {"V", "VI"}:
        return (body[:-1] + "ي", body[:-1]) if weak == "defective" else (body,)
    if form == "Q":
        return (body + "ة",)
    return ()


def _default_passive(lemma: str, form: str, weak: str) -> str:
    if weak == "defective":
        return lemma[:-1] + "ي"
    if weak == "hollow":
        return lemma[:-2] + "ي" + lemma[-1]
    if form == "III":
        return lemma[0] + "و" + lemma[2:]
    if form == "VI":
        return lemma[:2] + "و" + lemma[3:]
    return lemma


def _participles(imperfect: str, perfect: str, form: str, weak: str) -> tuple[str, str]:
    if form == "I":
        if weak == "defective":
            return perfect[0] + "ا" + perfect[1:-1] + "ي", "م" + perfect[:-1] + "ي"
        if weak == "hollow":
            return perfect[0] + "ائ" + perfect[-1], "م" + imperfect
        if len(perfect) == 2:
            return perfect[0] + "ا" + perfect[1], "م" + perfect[0] + perfect[1] + "و" + perfect[1]
        return perfect[0] + "ا" + perfect[1:], "م" + perfect[:2] + "و" + perfect[2:]
    return "م" + imperfect, "م" + _default_passive_imperfect(imperfect)


def _default_passive_imperfect(imperfect: str) -> str:
    if imperfect.endswith(("ي", "و", "ى")):
        return imperfect[:-1] + "ى"
    if len(imperfect) >= 2 and imperfect[-2] in "وي" and len(imperfect) >= 3:
        return imperfect[:-2] + "ا" + imperfect[-1]
    return imperfect


@lru_cache(maxsize=4096)
def verb(spec: str) -> Verb:
    """The stems of a lemma, as knowledge files write it.

    Raises KnowledgeError for an unknown option or a lemma of fewer than two letters.
    """
    lemma, o = _options(spec)
    if len(lemma) < 2:
        raise KnowledgeError("a verb has two letters or more", where=spec, mend="write the perfect, 3ms")
    form = o.get("form") or derived_form(lemma)
    weak = _weakness(lemma)
    impf = o.get("impf") or _default_imperfect(lemma, form)
    passive = o.get("pass") or _default_passive(lemma, form, weak)
    masdars = tuple(o["masdar"].split(",")) if o.get("masdar") else _default_masdar(lemma, form, weak)
    active, passive_part = _participles(impf, lemma, form, weak)
    passive_impf = "و" + impf if form == "I" and lemma[0] == "و" else _default_passive_imperfect(impf)
    return Verb(
        lemma, lemma, impf, passive, passive_impf, masdars,
        o.get("part") or active, o.get("ppart") or passive_part, weak, passive != lemma,
    )  # fmt: skip


def _perfect(stem: str, weak: str, voice: str) -> Iterator[Form]:
    yield Form(stem, "perf", voice, 3, "s", "m")
    if weak == "defective":
        short = stem[:-1] if voice != "p" else stem
        yield Form(short + "ت", "perf", voice, 3, "s", "f")
        yield Form(stem[:-1] + "وا", "perf", voice, 3, "p", "m")
        yield Form(stem[:-1] + "يا", "perf", voice, 3, "d", "m")
        yield Form(stem[:-1] + "ينا", "perf", voice, 1, "p", "")
        return
    yield Form(stem + "ت", "perf", voice, 3, "s", "f")
    yield Form(stem + "وا", "perf", voice, 3, "p", "m")
    yield Form(stem + "ا", "perf", voice, 3, "d", "m")
    yield Form(stem + "تا", "perf", voice, 3, "d", "f")
    short = stem[:-2] + stem[-1] if weak == "hollow" else stem
    yield Form(short + "ن", "perf", voice, 3, "p", "f")
    yield Form(short + "نا", "perf", voice, 1, "p", "")


def _imperfect(stem: str, voice: str) -> Iterator[Form]:
    weak = stem.endswith(("ي", "و", "ى"))
    short = stem[:-1] if weak else stem
    hollow = len(stem) >= 3 and stem[-2] in "ويا" and not weak
    jussive = short if weak else (stem[:-2] + stem[-1] if hollow else None)
    for prefix, person, number, gender in (("ي", 3, "s", "m"), ("ت", 3, "s", "f"), ("ن", 1, "p", "")):
        yield Form(prefix + stem, "impf", voice, person, number, gender)
        if jussive:
            yield Form(prefix + jussive, "impf", voice, person, number, gender)
    yield Form("ي" + short + "ون", "impf", voice, 3, "p", "m")
    yield Form("ي" + short + "وا", "impf", voice, 3, "p", "m")
    dual = stem if not stem.endswith("ى") else short + "ي"
    yield Form("ي" + dual + "ان", "impf", voice, 3, "d", "m")
    yield Form("ت" + dual + "ان", "impf", voice, 3, "d", "f")


def noun_forms(lemma: str, *, feminine: bool | None = None) -> Iterator[tuple[str, str]]:
    """Written forms of a noun or participle (form, number s, d or p): accusative, dual and sound plurals."""
    if lemma.endswith("ة"):
        stem = lemma[:-1]
        yield lemma, "s"
        yield stem + "تان", "d"
        yield stem + "تين", "d"
        yield stem + "تا", "d"
        yield stem + "تي", "d"
        yield stem + "ات", "p"
        return
    yield lemma, "s"
    yield lemma + "ا", "s"
    yield lemma + "ان", "d"
    yield lemma + "ين", "d"
    if not feminine:
        yield lemma + "ون", "p"


def _participle(stem: str, voice: str) -> Iterator[Form]:
    for form, number in noun_forms(stem):
        yield Form(form, "part", voice, 0, "p" if number == "d" and form.endswith("ين") else number, "m")
    for form, number in noun_forms(stem + "ة"):
        yield Form(form, "part", voice, 0, number, "f")


def verb_forms(spec: str, *, participles: bool = True, masdars: bool = True) -> list[Form]:
    """All written forms of a lemma, folded to keys, without clitics; each form once per tense and voice."""
    v = verb(spec)
    apart = "a" if v.passive_is_apart else "ap"
    forms = [*_perfect(v.perfect, v.kind, apart), *_imperfect(v.imperfect, "a" if _apart_impf(v) else "ap")]
    if v.passive_is_apart:
        forms += _perfect(v.passive_perfect, "sound" if v.kind == "hollow" else v.kind, "p")
    if _apart_impf(v):
        forms += _imperfect(v.passive_imperfect, "p")
    if masdars:
        for m in v.masdars:
            forms.append(Form(m, "masdar", "ap", 0, "s", "f" if m.endswith("ة") else "m"))
            forms.append(Form(m + "ا", "masdar", "ap", 0, "s", "m"))
    if participles:
        same = fold(v.active_participle) == fold(v.passive_participle)
        forms += _participle(v.active_participle, "ap" if same else "a")
        if not same:
            forms += _participle(v.passive_participle, "p")
    seen: dict[tuple[str, str, str], Form] = {}
    for f in forms:
        key = fold(f.key)
        seen.setdefault((key, f.tense, f.voice), Form(key, f.tense, f.voice, f.person, f.number, f.gender))
    return list(seen.values())


def _apart_impf(v: Verb) -> bool:
    return fold(v.imperfect) != fold(v.passive_imperfect)


#: Object and possessive pronouns, longest first, as keys.
ENCLITICS = ("هما", "كما", "هم", "هن", "كم", "ها", "نا", "ني", "ه", "ك")


@lru_cache(maxsize=100_000)
def without_enclitic(key: str) -> tuple[tuple[str, str], ...]:
    """Ways to take a pronoun off a key: (rest, pronoun). ت before a pronoun may stand for ة, و for وا.

    >>> ("محاصره", "ها") in without_enclitic("محاصرتها")
    True
    """
    out: list[tuple[str, str]] = []
    for e in ENCLITICS:
        if key.endswith(e) and len(key) - len(e) >= 2:
            rest = key[: -len(e)]
            out.append((rest, e))
            if rest.endswith("ت"):
                out.append((rest[:-1] + "ه", e))
            elif rest.endswith("و"):
                out.append((rest + "ا", e))
            elif rest.endswith("ا") and e != "نا":
                out.append((rest[:-1] + "ي", e))
            elif rest.endswith(("اي", "او")) and len(rest) > 3:
                out.append((rest[:-1] + "ء", e))  # hamza carried before a pronoun: انتهائه
    return tuple(out)
