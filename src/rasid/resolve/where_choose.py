"""Which place a name means: by the kind of its head noun, by what contains it, by the countries the
text speaks of.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from rasid.lexicon.gazetteer import SETTLEMENTS, Entry, Gazetteer, Place
from rasid.model.context import Context
from rasid.resolve.where_mention import Mention
from rasid.resolve.where_words import Head, Words
from rasid.text.keys import light
from rasid.text.tokens import Tokens

#: A mention of a country or of a sure place weighs more than an adjective of nationality.
_COUNTRY, _SURE, _ADJECTIVE, _REGION = 2.0, 1.5, 0.5, 3.0


class Scene:
    """The countries and governorates that a text speaks of, by weight."""

    def __init__(self, context: Context, gazetteer: Gazetteer, words: Words) -> None:
        self.gazetteer = gazetteer
        self.sets = words.sets
        self.sides = words.side_definite
        self._shares: dict[str, float] | None = None
        self.countries: defaultdict[str, float] = defaultdict(float)
        self.regions: Counter[str] = Counter()
        if context.region:
            self.countries[context.region.upper()] += _REGION

    def add_nation(self, country: str) -> None:
        """An adjective of nationality was read."""
        self.countries[country.upper()] += _ADJECTIVE

    def add(self, m: Mention) -> None:
        """A mention whose candidates agree on the country counts for it, and for the
        governorate if they agree.
        """
        self._shares = None
        if not m.entries:
            return
        places = [e.place for e in m.entries]
        for p in places:
            if p.weak:
                return
        p = places[0]
        if len(places) == 1:
            shared: Iterable[str] = (p.id, *p.parents)
        else:
            shared = set.intersection(*({q.id, *q.parents} for q in places))
            if any(q.country != p.country for q in places):
                return
        self.countries[p.country] += _COUNTRY if p.kind == "country" else _SURE
        for id in shared:
            self.regions[id] += 1

    def share(self, country: str) -> float:
        """The weight of a country in 0..1."""
        if self._shares is None:
            total = sum(self.countries.values()) or 1.0
            self._shares = {c: n / total for c, n in self.countries.items()}
        return self._shares.get(country, 0.0)

    def main(self) -> str | None:
        """The country that the text speaks of most; among equals the one met first."""
        return max(self.countries, key=lambda c: self.countries[c]) if self.countries else None


def choose(t: Tokens, m: Mention, scene: Scene) -> None:
    """Set ``m.place`` to the likeliest candidate, or leave it None where none is likely enough."""
    best: Place | None = None
    top = -99.0
    if (
        len(m.entries) == 1
        and m.head is None
        and m.of is None
        and not m.entries[0].place.weak
        and not m.entries[0].headed
    ):
        m.place = m.entries[0].place if _spelled(t, m, m.entries[0].place) else None
        return
    for e in m.entries:
        s = _score(t, m, e, scene)
        if s is not None and s > top:
            best, top = e.place, s
    m.place = best
    if best is None and m.entries and m.head is not None and m.head.unknown and not _is_side(t, m, scene):
        m.shape, m.written = "unknown", m.written or _name_of(t, m)
    if best is not None and m.of is not None and _contradicts(best, m.of):
        m.place = None
        m.shape = "unknown" if m.head else m.shape
        m.written = m.written or _name_of(t, m)


def _is_side(t: Tokens, m: Mention, scene: Scene) -> bool:
    return t.key[m.name_lo] in scene.sides


def _name_of(t: Tokens, m: Mention) -> str:
    return t.quote(m.name_lo, m.name_hi)[len(m.clitics) if m.name_lo == m.lo else 0 :]


def _contradicts(p: Place, outer: Mention) -> bool:
    """Does the text put the place in a governorate or country where we know none of this name?"""
    if outer.side or not outer.entries or len(p.parents) < 2:
        return False
    wide = [e.place for e in outer.entries if e.place.kind in ("governorate", "country", "countryside")]
    if not wide:
        return False
    return not any({q.id, *(q.parents[:-1] if q.kind == "countryside" else ())} & {p.id, *p.parents} for q in wide)


def _score(t: Tokens, m: Mention, e: Entry, scene: Scene) -> float | None:
    p, head = e.place, m.head
    if e.headed and head is None:
        return None
    if head is None and (not _spelled(t, m, p) or ("solo" in p.flags and m.clitics not in ("", "و"))):
        return None
    s = p.prior + (_fit(head, p) if head else 0.0)
    if m.nation:
        s += 4.0 if p.country == m.nation.upper() else -3.0
    s += 5.0 * scene.share(p.country)
    s += 1.5 * min(2, sum(scene.regions[up] > 0 for up in p.parents[:-1]))
    if m.of is not None:
        s += _contained(p, m.of)
    if head is None and "head" in p.flags:
        s -= 3.0
    if p.flags & {"word", "small", "head"}:
        s -= 1.0
        if not scene.share(p.country) and scene.countries and not (m.of and s > 9):
            return None
    return s


def _fit(head: Head, p: Place) -> float:
    """How well a place's kind suits the head noun; negative where it does not."""
    if p.kind == head.kind or (head.kind == "countryside" and p.kind == "governorate"):
        return 6.0
    if p.kind in SETTLEMENTS and head.kind in SETTLEMENTS:
        return 4.5
    if p.kind in head.accepts:
        return 4.0 - 0.4 * head.accepts.index(p.kind)
    return 0.5 if "*" in head.accepts else -4.0


def _contained(p: Place, outer: Mention) -> float:
    """Evidence from the container that the text names: the candidates of "ريف حماة" decide what
    "كرناز" is.
    """
    best = -2.0
    for e in outer.entries:
        q = e.place
        if q.id in p.parents:
            return 8.0
        if q.country == p.country:
            same = len(q.parents) > 1 and q.parents[-2] in p.parents
            best = max(best, 5.0 if same else 1.0)
    return best


def _spelled(t: Tokens, m: Mention, p: Place) -> bool:
    """Is the bare name written with the hamza that it has (إب is no آب "August", المائة
    "hundred" no الماية)?
    """
    written = t.light[m.name_lo]
    if "exact" in p.flags:
        return any(written.endswith(light(n).split()[0]) for n in (p.name, *p.aliases))
    if written[-1] == "ه" and _pronoun(p, written) and m.hi == m.name_lo + 1:
        return False
    seats = [ch for ch in written if ch in "ئؤ"]
    if not seats:
        return True
    return any([ch for ch in light(n).split()[0] if ch in "ئؤ"] == seats for n in (p.name, *p.aliases))


def _pronoun(p: Place, written: str) -> bool:
    """May the last letter be a pronoun, where every name of the place ends with ة (سرده "his
    telling", سردة)? Writers who put ه for ة do so in well-known names.
    """
    if p.flags & {"main", "capital"} or p.kind in ("country", "governorate") or "ال" in written[:4]:
        return False
    return not any(light(n).endswith("ه") for n in (p.name, *p.aliases))


def needs_company(m: Mention) -> bool:
    """Is the bare name too weak to stand without a head noun, a preposition of place or a sure
    neighbour?
    """
    if m.head is not None or m.shape not in ("name", "container") or m.place is None:
        return False
    return m.place.word or "head" in m.place.flags


def likely(t: Tokens, m: Mention, scene: Scene) -> bool:
    """May a weak or minor name be taken where it stands?"""
    p = m.place
    assert p is not None
    if m.of is not None and m.of.place is not None and m.of.place.id in p.parents:
        return True
    here = scene.share(p.country)
    if "head" in p.flags:
        return False
    if p.word:
        if _described(t, m):
            return False
        if "main" in p.flags and here >= 0.3 and "ل" not in m.clitics:
            return True
        return m.before in ("loc", "to", "from", "on", "act")[: 4 if "gn" in p.flags else 5] and here >= 0.3
    if "small" in p.flags:
        return here > 0.2 or not scene.countries
    return True


def _described(t: Tokens, m: Mention) -> bool:
    """Does an adjective with the article follow, as it does a common noun (في المشهد السياسي)?"""
    i = m.hi
    return i < len(t) and t.kind[i] == "w" and t.key[i].startswith("ال") and not m.nation
