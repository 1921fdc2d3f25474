"""From bound claims to the parts of the contract: verbatim texts, offsets, ids."""

from __future__ import annotations

from rasid.model.claims import BoundActor, CommitmentClaim, IncidentClaim, MeetingClaim, TermHit
from rasid.model.mentions import ActorHit, HarmHit, NounHit, PlaceHit, SourceHit, TimeHit
from rasid.model.reading import (
    Actor,
    Casualty,
    Commitment,
    Evidence,
    Incident,
    Meeting,
    Place,
    Source,
    Target,
    Term,
    Time,
    Weapon,
)
from rasid.text.tokens import Tokens


class Assembler:
    """Turns claims over tokens into contract parts of one report."""

    def __init__(self, t: Tokens) -> None:
        self.t = t

    def evidence(self, quotes: list[tuple[int, int]]) -> list[Evidence]:
        """Verbatim quotes of token ranges, each once, in the order given."""
        spans = dict.fromkeys(self.t.slice_of(lo, hi) for lo, hi in quotes)
        return [Evidence(start=s, end=e, text=self.t.text[s:e]) for s, e in spans]

    def span(self, lo: int, hi: int, clitics: str = "") -> tuple[int, int, str]:
        """Code points and text of a noun phrase, without the proclitics on its first word where letters show them."""
        s, e = self.t.slice_of(lo, hi)
        if clitics and self.t.text.startswith(clitics, s) and not self.t.text.startswith("لل", s + len(clitics) - 1):
            s += len(clitics)
        return s, e, self.t.text[s:e]

    def time(self, h: TimeHit | None) -> Time | None:
        """The contract's time, or None."""
        if h is None:
            return None
        return Time.model_construct(
            start=h.start,
            end=h.end,
            day_part=h.day_part,
            text=self.t.quote(h.lo, h.hi),
            rule=h.rule,
            conflict=h.conflict,
        )

    def place(self, p: PlaceHit) -> Place:
        """One place as written."""
        s, e, text = self.span(p.lo, p.hi, p.clitics)
        return Place.model_construct(
            text=text, name=p.name, id=p.id, kind=p.kind, lat=p.lat, lon=p.lon, precision=p.precision, part=p.part,
            parents=list(p.parents), start=s, end=e, rule=p.rule,
        )  # fmt: skip

    def places(self, ps: list[PlaceHit]) -> list[Place]:
        """Places, each once."""
        out: list[Place] = []
        for p in ps:
            made = self.place(p)
            if all((x.id or x.name) != (made.id or made.name) for x in out):
                out.append(made)
        return out

    def actor(self, a: ActorHit, role: str | None = None) -> Actor:
        """One party as written."""
        s, e, text = self.span(a.lo, a.hi, a.clitics)
        return Actor.model_construct(text=text, id=a.id, role=role, start=s, end=e, rule=a.rule)

    def actors(self, hits: list[ActorHit]) -> list[Actor]:
        """Parties, each once by id or text."""
        out: list[Actor] = []
        for a in hits:
            made = self.actor(a)
            if all((x.id or x.text) != (made.id or made.text) for x in out):
                out.append(made)
        return out

    def bound(self, bound: list[BoundActor]) -> list[Actor]:
        """Actors with roles, each once by id and role."""
        out: list[Actor] = []
        for b in bound:
            made = self.actor(b.hit, b.role)
            if all((x.id or x.text) != (made.id or made.text) for x in out):
                out.append(made)
        return out

    def target(self, n: NounHit) -> Target:
        """One target as written."""
        s, e, text = self.span(n.lo, n.hi, n.clitics)
        return Target.model_construct(text=text, kind=n.value, start=s, end=e, rule=n.rule)

    def weapon(self, n: NounHit) -> Weapon:
        """One weapon as written."""
        s, e, text = self.span(n.lo, n.hi, n.clitics)
        return Weapon.model_construct(text=text, kind=n.value, start=s, end=e, rule=n.rule)

    def casualty(self, h: HarmHit) -> Casualty:
        """One harm with its bounds."""
        s, e = self.t.slice_of(h.lo, h.hi)
        return Casualty.model_construct(
            status=h.status, who=h.who, min=h.min, max=h.max, text=self.t.text[s:e], start=s, end=e, rule=h.rule
        )

    def incident(self, c: IncidentClaim, number: int) -> Incident:
        """One incident of the contract."""
        return Incident.model_construct(
            id=f"i{number}", type=c.type, modality=c.modality, time=self.time(c.time), places=self.places(c.places),
            actors=self.bound(c.actors), targets=_once([self.target(n) for n in c.targets]),
            weapons=_once([self.weapon(n) for n in c.weapons]), casualties=[self.casualty(h) for h in c.harm],
            services=sorted({n.value for n in c.services}), sources=[f"s{i + 1}" for i in c.sources],
            evidence=self.evidence(c.quotes), confidence=c.features.get("confidence", 0.5), rule=c.rule,
        )  # fmt: skip

    def term(self, x: TermHit) -> Term:
        """One term of a commitment."""
        return Term.model_construct(act=x.act, text=self.t.quote(x.lo, x.hi), places=self.places(x.places), rule=x.rule)

    def commitment(self, c: CommitmentClaim, number: int) -> Commitment:
        """One commitment of the contract."""
        return Commitment.model_construct(
            id=f"c{number}", kind=c.kind, by=self.actors(c.by), to=self.actors(c.to), bound=self.actors(c.bound),
            mediators=self.actors(c.mediators), guarantors=self.actors(c.guarantors), terms=[self.term(x) for x in c.terms],
            time=self.time(c.time), period=self.time(c.period), places=self.places(c.places),
            sources=[f"s{i + 1}" for i in c.sources], evidence=self.evidence(c.quotes),
            confidence=c.features.get("confidence", 0.5), rule=c.rule,
        )  # fmt: skip

    def meeting(self, c: MeetingClaim, number: int) -> Meeting:
        """One meeting of the contract."""
        return Meeting.model_construct(
            id=f"m{number}", modality=c.modality, parties=self.actors(c.parties), absent=self.actors(c.absent),
            requested_by=self.actors(c.requested_by), time=self.time(c.time), places=self.places(c.places),
            sources=[f"s{i + 1}" for i in c.sources], evidence=self.evidence(c.quotes),
            confidence=c.features.get("confidence", 0.5), rule=c.rule,
        )  # fmt: skip

    def source(self, h: SourceHit, number: int) -> Source:
        """One source of the contract."""
        s, e, text = self.span(h.lo, h.hi, h.clitics)
        return Source.model_construct(
            id=f"s{number}", text=text, kind=h.kind, anonymous=h.anonymous, rule=h.rule,
            via=f"s{h.via + 1}" if h.via is not None else None, evidence=[Evidence(start=s, end=e, text=text)],
        )  # fmt: skip


def _once(items: list[Target] | list[Weapon]) -> list:  # type: ignore[type-arg]
    out: list[Target | Weapon] = []
    for x in items:
        if all((x.kind, x.start) != (y.kind, y.start) for y in out):
            out.append(x)
    return out
