"""One pass over the tokens: which words are predicates, carriers, results, operators, and which mention covers a token."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasid.lexicon.forms import Match
from rasid.lexicon.predicates import Fixed, Predicate, operators, predicates
from rasid.model.claims import Mentions
from rasid.model.mentions import ActorHit, HarmHit, NounHit, PlaceHit, TimeHit
from rasid.text.keys import fold, splits


@dataclass(slots=True)
class Trigger:
    """A predicate in the text: tokens lo..hi, its sense and its form. ``verb``: finite; ``voice`` a, p or ap."""

    lo: int
    hi: int
    predicate: Predicate
    tense: str
    voice: str
    proclitics: str
    article: bool
    enclitic: str
    number: str
    gender: str
    others: tuple[Predicate, ...] = ()

    @property
    def verb(self) -> bool:
        """A finite verb, not a masdar, participle or noun."""
        return self.tense in ("perf", "impf")


@dataclass(slots=True)
class Scan:
    """What the grammar knows of each token. The lists are parallel to the tokens; None where nothing stands."""

    m: Mentions
    trigger: dict[int, Trigger] = field(default_factory=dict)
    carrier: dict[int, Match[str]] = field(default_factory=dict)
    result: dict[int, Match[str]] = field(default_factory=dict)
    operator: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    """token -> (class, tense or "word", proclitics)"""
    finite: set[int] = field(default_factory=set)
    """tokens that are finite verbs of any lexicon"""
    teller: set[int] = field(default_factory=set)
    """words of attribution (بحسب): what follows tells, and does not act"""
    actor: dict[int, ActorHit] = field(default_factory=dict)
    place: dict[int, PlaceHit] = field(default_factory=dict)
    time: dict[int, TimeHit] = field(default_factory=dict)
    noun: dict[int, NounHit] = field(default_factory=dict)
    twin: dict[int, NounHit] = field(default_factory=dict)
    """the other slot of a noun that may fill two: a tank hits and is hit"""
    harm: dict[int, HarmHit] = field(default_factory=dict)


_FINITE = ("perf", "impf")


class _Words(dict[str, "tuple[object, ...] | None"]):
    """What the lexicons say of each written word, looked up once; None for a word that they do not know."""

    def __missing__(self, key: str) -> tuple[object, ...] | None:
        if len(self) > 200_000:
            self.clear()
        found = self[key] = _look(key)
        return found


_words = _Words()


def _look(key: str) -> tuple[object, ...] | None:
    """Everything the lexicons say of one folded word: predicate, carrier, result, operator matches."""
    p, o = predicates(), operators()
    found = () if any(rest in p.never for _, rest in splits(key)) else p.words.lookup(key)
    word_op = None
    for clitics, rest in splits(key):
        if rest in o.words and (not clitics or clitics in ("و", "ف", "ب", "ل", "وب", "ول")):
            word_op = (o.words[rest], "word", clitics)
            break
    all_of_it = (found, p.carriers.lookup(key), p.results.lookup(key), o.verbs.lookup(key), word_op)
    return all_of_it if any(all_of_it) else None


def scan(m: Mentions) -> Scan:
    """Scan one text; linear in its tokens."""
    s = Scan(m)
    _index(s)
    kinds = m.tokens.kind
    for i, got in enumerate(map(_words.__getitem__, m.tokens.key)):
        if got is not None and kinds[i] == "w":
            _note(s, i, got)
    _phrases(s)
    return s


def _note(s: Scan, i: int, got: tuple[object, ...]) -> None:
    found, carrier, result, op, word_op = got
    if s.m.tokens.light[i].endswith("ة"):
        # folding made ta marbuta like the pronoun: حالة "case" is no "it prevented him"
        found, carrier, result, op = (_without_pronoun(x) for x in (found, carrier, result, op))
    if carrier and carrier[0].value == "تعرض":  # type: ignore[index]
        op = None  # "came under", not "it offers"
    if word_op and (not op or op[0].value == "plain"):  # type: ignore[index]
        s.operator[i] = word_op  # type: ignore[assignment]
        if word_op[0] == "speech":  # type: ignore[index]
            s.teller.add(i)
    elif op:
        best = op[0]  # type: ignore[index]
        s.operator[i] = (best.value, best.form.tense, best.proclitics)
        if best.form.tense in _FINITE:
            s.finite.add(i)
    if carrier:
        s.carrier[i] = carrier[0]  # type: ignore[index]
        if carrier[0].form.tense in _FINITE:  # type: ignore[index]
            s.finite.add(i)
    if result:
        s.result[i] = result[0]  # type: ignore[index]
        if result[0].form.tense in _FINITE:  # type: ignore[index]
            s.finite.add(i)
    if found:
        s.trigger[i] = _trigger(s, i, found)  # type: ignore[arg-type]
        if s.trigger[i].verb:
            s.finite.add(i)


def _without_pronoun(matches: object) -> tuple[Match[object], ...]:
    return tuple(m for m in matches or () if m.enclitic != "ه")  # type: ignore[attr-defined]


_ON = fold("على")  # "القبض على" has its article from the idiom, and points back to nothing
_BEFORE_VERB = {
    fold(w)
    for w in (
        "قد", "وقد", "فقد", "الذي", "التي", "الذين", "ثم", "حيث", "كما", "بينما", "فيما", "عندما", "لم", "لا", "ما",
        "إذ", "لكن", "ولكن",
        "أن", "إن", "أنه", "إنه", "حين", "بعدما", "وكان", "كان", "كانت", "سبق",
    )
}  # fmt: skip
_AFTER_NOUN = {fold(w) for w in ("على", "من", "في", "ضد", "بين", "مع", "قرب", "استهدف", "طال")}


def _trigger(s: Scan, i: int, found: tuple[Match[Predicate], ...]) -> Trigger:
    best = found[0]
    finite = [x for x in found if x.form.tense in _FINITE]
    nominal = [x for x in found if x.form.tense not in _FINITE]
    if finite and nominal:
        best = finite[0] if _is_verb(s, i, finite[0]) else nominal[0]
    f = best.form
    voices = {x.form.voice for x in finite}
    voice = "ap" if len(voices) > 1 else (voices.pop() if voices else f.voice)
    same = [x for x in found if (x.form.tense in _FINITE) == (f.tense in _FINITE)]
    return Trigger(
        i, i + 1, best.value, f.tense, voice, best.proclitics, best.article, best.enclitic, f.number, f.gender,
        tuple({x.value.id: x.value for x in (*same, *found)}.values()),
    )  # fmt: skip


def _is_verb(s: Scan, i: int, m: Match[Predicate]) -> bool:
    """قصف, خطف, نهب: verb or noun by the same letters. A verb opens its clause or follows its subject."""
    t = s.m.tokens
    if m.proclitics[-1:] in ("ب", "ك", "ل"):
        return m.form.tense == "impf"
    nxt = t.key[i + 1] if i + 1 < len(t) else ""
    if nxt in _AFTER_NOUN or _adjective(nxt):
        return False
    if i and t.key[i - 1] in ("،", ","):
        return (i + 1) in s.actor or bool(m.proclitics)
    if i == 0 or t.kind[i - 1] in "pq" or t.key[i - 1] in _BEFORE_VERB:
        return True
    if m.proclitics:
        return True
    return (i - 1) in s.actor or (i - 1) in s.time


def _adjective(key: str) -> bool:
    """A word like مدفعي or عنيف behind the noun: no article, and an ending of relation."""
    return key in _MANNER or (key.endswith(("ي", "يه")) and not key.startswith("ال") and len(key) > 4)


_MANNER = {fold(w) for w in ("عنيف", "مكثف", "عشوائي", "متبادل", "كثيف", "متواصل", "مركز", "مماثل", "جديد", "مفاجئ")}


def _phrases(s: Scan) -> None:
    keys = s.m.tokens.key
    for sentence in s.m.tokens.sentences:
        for lo, hi, clitics, values in predicates().phrases.find(keys, sentence.lo, sentence.hi):
            inner = s.trigger.get(lo)
            verb = (inner is not None and inner.verb) or lo in s.finite
            for j in range(lo, hi):
                s.trigger.pop(j, None)
                s.carrier.pop(j, None)
            s.trigger[lo] = _fixed(lo, hi, clitics, values, verb, keys[lo].startswith("ال") and keys[hi - 1] != _ON)
            if s.trigger[lo].verb:
                s.finite.add(lo)


def _fixed(lo: int, hi: int, clitics: str, values: list[Fixed], verb: bool, article: bool) -> Trigger:
    """The trigger of a fixed phrase: its verb's form where it has one, else what the words around tell."""
    form, others = values[0].form, tuple(v.predicate for v in values)
    if form is None:
        return Trigger(lo, hi, others[0], "perf" if verb else "masdar", "ap", clitics, article, "", "s", "", others)
    clitics += "س" if values[0].future else ""
    return Trigger(lo, hi, others[0], form.tense, form.voice, clitics, article, "", form.number, form.gender, others)


def _index(s: Scan) -> None:
    for a in s.m.actors:
        for j in range(a.lo, a.hi):
            s.actor[j] = a
    for p in s.m.places:
        for j in range(p.lo, p.hi):
            s.place[j] = p
    for t in s.m.times:
        for j in range(t.lo, t.hi):
            s.time[j] = t
    for n in s.m.nouns:
        for j in range(n.lo, n.hi):
            if j == n.lo and j in s.noun and s.noun[j].lo == j:
                s.twin[j] = s.noun[j]
            s.noun[j] = n
    for h in s.m.harm:
        for j in range(h.lo, h.hi):
            s.harm[j] = h
