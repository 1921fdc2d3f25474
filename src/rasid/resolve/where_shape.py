"""From a decided mention to the `PlaceHit` that the grammar binds."""

from __future__ import annotations

from rasid.lexicon.gazetteer import SETTLEMENTS, Place
from rasid.model.mentions import PlaceHit
from rasid.resolve.where_choose import Scene
from rasid.resolve.where_mention import Mention
from rasid.text.tokens import Tokens

#: Open country that is not called a countryside: غوطة (oasis), بادية (steppe).
_OTHER = {"غوطه": "غوطة", "باديه": "بادية"}
_WIDE = {"country", "governorate", "area", "countryside"}


def hit(t: Tokens, m: Mention, scene: Scene) -> PlaceHit:
    """The hit of one mention."""
    h = _shape(m, scene)
    h.clitics = m.clitics
    h.name = h.name or t.quote(m.lo, m.hi)[len(m.clitics) :]
    return h


def _shape(m: Mention, scene: Scene) -> PlaceHit:
    head = m.head.key if m.head else ""
    if m.shape == "road":
        return _road(m, head)
    p = m.place
    if p is None:
        return _unknown(m, head, scene)
    if _is_part_of(m, p):
        return _area(m, p, head)
    if m.shape == "container" and m.head is not None and m.head.number == "sg" and p.kind != m.head.kind:
        return _named_after(m, p, head)
    part = "near" if m.side and m.part == "in" and m.shape in ("side", "anaphor") else m.part
    return PlaceHit(
        m.lo,
        m.hi,
        p.name,
        p.id,
        _kind(m, p),
        p.lat,
        p.lon,
        p.precision,
        part,
        p.parents,
        p.country,
        m.role,
        head,
        m.group,
        m.rule,
        m.clitics,
    )


def _kind(m: Mention, p: Place) -> str:
    """The kind that the text gives by its noun (بلدة, ناحية) where it may, else the gazetteer's."""
    h = m.head
    if h is None or h.number != "sg" or m.shape == "container":
        return p.kind
    settled = SETTLEMENTS | {"district"}
    return h.kind if h.kind in settled and p.kind in settled else p.kind


def _is_part_of(m: Mention, p: Place) -> bool:
    """Is the phrase a side, border or countryside of a wide place, and so an area of its own
    without a point?
    """
    if m.shape in ("border", "alone", "countryside") or (m.shape == "nation" and m.side):
        return True
    if m.head is not None and m.head.kind == "countryside" and p.kind != "countryside":
        return True
    return bool(m.side) and p.kind in _WIDE


def _area(m: Mention, p: Place, head: str) -> PlaceHit:
    countryside = m.shape in ("alone", "countryside") or (m.head is not None and m.head.kind == "countryside")
    kind = "countryside" if countryside else "area"
    if m.shape in ("border", "nation"):
        name = m.written
    elif countryside:
        noun = "ريف" if m.head is None or m.head.key not in _OTHER else _OTHER[m.head.key]
        name = f"{noun} {p.name} {m.side.replace('الريف ', '')}".strip()
    else:
        name = f"{m.side} {p.name}"
    precision = p.precision if p.kind == "country" else "governorate" if p.kind == "governorate" else "district"
    return PlaceHit(
        m.lo,
        m.hi,
        name,
        None,
        kind,
        p.lat,
        p.lon,
        precision,
        m.part,
        (p.id, *p.parents),
        p.country,
        m.role,
        head,
        m.group,
        m.rule,
        m.clitics,
    )


def _unknown(m: Mention, head: str, scene: Scene) -> PlaceHit:
    """A name that the gazetteer lacks: kept, at the point of the place that the text says
    contains it.
    """
    kind = "countryside" if m.shape == "alone" else m.head.kind if m.head else "area"
    outer = m.of.place if m.of else None
    if outer is None:
        country = scene.main()
        return PlaceHit(
            m.lo,
            m.hi,
            m.written,
            None,
            kind,
            None,
            None,
            None,
            m.part,
            (),
            country,
            m.role,
            head,
            m.group,
            m.rule,
            m.clitics,
        )
    return PlaceHit(
        m.lo,
        m.hi,
        m.written,
        None,
        kind,
        outer.lat,
        outer.lon,
        outer.precision,
        m.part,
        (outer.id, *outer.parents),
        outer.country,
        m.role,
        head,
        m.group,
        m.rule,
        m.clitics,
    )


def _named_after(m: Mention, p: Place, head: str) -> PlaceHit:
    """A building or street called by the place it is in (مستشفى منبج): a place of its own, at
    that place's point.
    """
    assert m.head is not None
    return PlaceHit(
        m.lo,
        m.hi,
        m.written,
        None,
        m.head.kind,
        p.lat,
        p.lon,
        p.precision,
        m.part,
        (p.id, *p.parents),
        p.country,
        m.role,
        head,
        m.group,
        m.rule,
    )


def _road(m: Mention, head: str) -> PlaceHit:
    """A road between two places: no point of its own, the containers that both ends share."""
    a, b = m.place, m.inner[0].place
    names = [p.name if p else w for p, w in ((a, m.written), (b, m.inner[0].written)) if p or w]
    shared: tuple[str, ...] = ()
    if a and b:
        shared = tuple(id for id in a.parents if id in b.parents)
    elif a:
        shared = a.parents
    return PlaceHit(
        m.lo,
        m.hi,
        "طريق " + " - ".join(names),
        None,
        "street",
        None,
        None,
        None,
        "road",
        shared,
        a.country if a else None,
        m.role,
        head,
        m.group,
        m.rule,
        m.clitics,
    )
