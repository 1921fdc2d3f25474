"""Places that point back: "المدينة", "البلاد", "محيطها", "العاصمة العراقية"."""

from __future__ import annotations

from rasid.lexicon.gazetteer import Place
from rasid.resolve.where_choose import Scene
from rasid.resolve.where_mention import Mention
from rasid.text.tokens import Tokens

#: How many mentions back a pointer looks: enough for a report, and a bound for texts without end.
_REACH = 120
_SETTLED = {"city", "town", "village", "camp", "neighbourhood"}
_FITS = {
    "head.city": {"city", "town"},
    "head.town": {"town", "village", "city"},
    "head.village": {"village", "town"},
    "head.governorate": {"governorate"},
    "head.district": {"district", "town"},
    "head.neighbourhood": {"neighbourhood"},
    "head.camp": {"camp"},
    "head.countryside": {"countryside"},
    "head.area": {
        "area",
        "city",
        "town",
        "village",
        "district",
        "neighbourhood",
        "countryside",
        "mountain",
        "camp",
    },
    "head.mountain": {"mountain"},
    "head.crossing": {"crossing"},
}


def resolve(t: Tokens, ms: list[Mention], scene: Scene) -> None:
    """Give each backward mention the place it points to; without one it is dropped."""
    back = Back(t, scene)
    for m in ms:
        if m.shape == "anaphor":
            back.anaphor(m)
        elif m.shape == "suffix":
            back.suffix(m)
        elif m.shape in ("nation", "capital", "border"):
            back.nation(m)
        elif m.shape == "alone":
            back.alone(m)
        if m.role in ("place", "parent") and m.shape != "anaphor":
            back.seen.append(m)


class Back:
    """What was named so far in one text."""

    def __init__(self, t: Tokens, scene: Scene) -> None:
        self.t = t
        self.scene = scene
        self.seen: list[Mention] = []

    def anaphor(self, m: Mention) -> None:
        """ "المدينة" is the last city named; "البلاد" the country that the text speaks of."""
        assert m.head is not None
        if m.head.id == "head.country":
            self._country(m)
        elif m.head.id == "head.capital":
            self._capital(m, self.scene.main())
        elif self._vague(m):
            m.role = "drop"
        else:
            self._last(m)

    def _vague(self, m: Mention) -> bool:
        """Is "المنطقة" the wide region ("دول المنطقة", "المنطقة العربية"), "القاعدة" the
        organisation?
        """
        sets, i = self.scene.sets, m.lo - 1
        if i >= 0 and (
            self.t.key[i] in sets["unknown.not_anaphor"] or self.t.key[i][1:] in sets["unknown.not_anaphor"]
        ):
            return True
        after = self.t.key[m.hi] if m.hi < len(self.t) else ""
        if m.head is not None and m.head.kind == "governorate" and after == "علي":  # المحافظة على "keeping"
            return True
        if i >= 0 and self.t.kind[i] == "q" and m.head is not None and m.head.kind == "facility":  # «القاعدة»
            return True
        if after.startswith("ال") and after not in sets["unknown.anaphoric"] and not m.side:
            return m.head is not None and m.head.kind in (
                "area",
                "facility",
                "city",
                "district",
                "governorate",
            )
        return m.head is not None and m.head.id == "head.area" and m.before not in ("loc", "to", "from")

    def _last(self, m: Mention) -> None:
        assert m.head is not None
        fits = [old for old in reversed(self.seen[-_REACH:]) if self._matches(m, old)]
        here = [old for old in fits if old.place is None or self.scene.share(old.place.country) >= 0.2]
        if fits:
            self._take(m, (here or fits)[0])
        else:
            m.role = "drop"

    def _matches(self, m: Mention, old: Mention) -> bool:
        assert m.head is not None
        if m.head.kind == "facility":
            key = self.t.key[m.hi - 1]
            return old.head is not None and key.endswith("ال" + old.head.lemma)
        kind = old.place.kind if old.place else (old.head.kind if old.head else "")
        if m.head.id == "head.area":
            far = m.lo - old.lo > 150 or (old.place is not None and "capital" in old.place.flags and old.head is None)
            return not far and kind in _FITS[m.head.id]
        return kind in _FITS.get(m.head.id, ())

    @staticmethod
    def _take(m: Mention, old: Mention) -> None:
        m.place, m.written, m.of, m.entries = old.place, old.written, old.of, old.entries
        m.rule = "where.anaphora"

    def _country(self, m: Mention) -> None:
        country = self.scene.main()
        place = self.scene.gazetteer.get(country.lower()) if country else None
        self._set(m, place)

    def _capital(self, m: Mention, country: str | None) -> None:
        self._set(m, capital(self.scene, country))

    @staticmethod
    def _set(m: Mention, place: Place | None) -> None:
        if place is None:
            m.role = "drop"
        m.place, m.rule = place, "where.anaphora"

    def suffix(self, m: Mention) -> None:
        """ "محيطها": the part of the last settlement or governorate."""
        for old in reversed(self.seen[-_REACH:]):
            kind = old.place.kind if old.place else (old.head.kind if old.head else "")
            if kind in _SETTLED or kind in ("governorate", "district", "area"):
                self._take(m, old)
                m.rule = "where.anaphora.suffix"
                return
        m.role = "drop"

    def nation(self, m: Mention) -> None:
        """ "الأراضي العراقية" is the country, "العاصمة العراقية" its capital, "الجنوب
        السوري" an area in it.
        """
        place = self.scene.gazetteer.get(m.nation) if m.nation else None
        m.rule = f"where.{m.shape}"
        if m.shape == "capital":
            place = capital(self.scene, m.nation.upper() if m.nation else None)
            if place is None:
                m.role = "drop"
        m.place = place if m.shape != "border" or m.nation else m.place

    def alone(self, m: Mention) -> None:
        """ "الريف الشمالي" belongs to the governorate or city named last."""
        for old in reversed(self.seen[-_REACH:]):
            if old.place and old.place.kind in ("governorate", "city"):
                m.place, m.rule = old.place, "where.countryside"
                return
        m.rule = "where.countryside"


def capital(scene: Scene, country: str | None) -> Place | None:
    """The capital of a country."""
    if country is None:
        return None
    return scene.gazetteer.capitals.get(country)
