"""Editing a claim with proper controls: one form, and rows for each slot that can hold several values."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from rasid.desk.review.parts import Part, is_commitment
from rasid.desk.words import T, label
from rasid.model import vocabulary as v


def choices(kind: str, enum: Any, empty: bool = False) -> list[tuple[str, str]]:
    named = sorted(((e.value, label(kind, e)) for e in enum), key=lambda c: c[1])
    return ([("", "—")] if empty else []) + named


def _choice(name: T, kind: str, enum: Any, empty: bool = False, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=name, choices=lambda: choices(kind, enum, empty), required=not empty, **more)


def _text(name: T, required: bool = False, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=name,
        required=required,
        max_length=400,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off", **attrs}),
    )


class TimeForm(forms.Form):
    start = forms.DateField(label=T("من يوم", "From day"), required=False, widget=forms.DateInput({"type": "date"}))
    end = forms.DateField(label=T("إلى يوم", "To day"), required=False, widget=forms.DateInput({"type": "date"}))
    day_part = _choice(T("من اليوم", "Part of day"), "day_part", v.DayPart, empty=True)

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if held.get("start") and held.get("end") and held["end"] < held["start"]:
            self.add_error("end", str(T("قبل البداية", "Before the beginning")))
        return held


class IncidentMain(TimeForm):
    type = _choice(T("النوع", "Type"), "incident_type", v.IncidentType)
    modality = _choice(T("الصيغة", "Modality"), "modality", v.Modality)
    field_order = ["type", "modality", "start", "end", "day_part"]


class CommitmentMain(TimeForm):
    kind = _choice(T("النوع", "Kind"), "commitment_kind", v.CommitmentKind)
    period_start = forms.DateField(
        label=T("يسري من", "In force from"), required=False, widget=forms.DateInput({"type": "date"})
    )
    period_end = forms.DateField(
        label=T("يسري إلى", "In force until"), required=False, widget=forms.DateInput({"type": "date"})
    )
    field_order = ["kind", "start", "end", "period_start", "period_end", "day_part"]


class Row(forms.Form):
    """A row keeps what the reader knew of it (``was``: its index in the claim), so that spans and rules are
    not lost.
    """

    was = forms.IntegerField(required=False, widget=forms.HiddenInput)


class PlaceRow(Row):
    text = _text(T("المكان", "Place"), **{"data-pick": "places"})
    id = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    part = _choice(T("منه", "Part"), "place_part", v.PlacePart, empty=True)


class ActorRow(Row):
    text = _text(T("الطرف", "Party"), **{"data-pick": "actors"})
    id = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    role = _choice(T("دوره", "Role"), "actor_role", v.ActorRole, empty=True)


SLOTS = {
    "by": T("تعهّد", "gives the word"),
    "to": T("لمن", "to"),
    "bound": T("مُلزَم", "bound"),
    "mediators": T("وسيط", "mediator"),
    "guarantors": T("ضامن", "guarantor"),
}


class CommitmentActorRow(Row):
    slot = forms.ChoiceField(
        label=T("دوره", "Role"),
        choices=lambda: [(slot, str(name)) for slot, name in SLOTS.items()],
    )
    text = _text(T("الطرف", "Party"), **{"data-pick": "actors"})
    id = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)


class TargetRow(Row):
    kind = _choice(T("نوع الهدف", "Target kind"), "target_kind", v.TargetKind, empty=True)
    text = _text(T("كما ورد", "As written"))


class WeaponRow(Row):
    kind = _choice(T("نوع السلاح", "Weapon kind"), "weapon_kind", v.WeaponKind, empty=True)
    text = _text(T("كما ورد", "As written"))


class HarmRow(Row):
    status = _choice(T("الضرر", "Harm"), "harm_status", v.HarmStatus, empty=True)
    who = _choice(T("لمن", "To whom"), "harm_who", v.HarmWho)
    min = forms.IntegerField(label=T("أدنى", "Low"), required=False, min_value=0, max_value=10_000_000)
    max = forms.IntegerField(label=T("أعلى", "High"), required=False, min_value=0, max_value=10_000_000)
    text = _text(T("كما ورد", "As written"))

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        low, high = held.get("min"), held.get("max")
        if low is not None and high is not None and high < low:
            self.add_error("max", str(T("أقل من الأدنى", "Less than the low")))
        return held


class TermRow(Row):
    act = _choice(T("البند", "Act"), "term_act", v.TermAct, empty=True)
    text = _text(T("كما ورد", "As written"))


def _set(row: type[Row]) -> type[BaseFormSet[Any]]:
    return formset_factory(row, extra=1, can_delete=True, max_num=60, absolute_max=80, validate_max=True)


#: slot → rows; the last one empty for adding. The key field decides whether a row is filled.
INCIDENT_ROWS = {
    "places": (_set(PlaceRow), "text"),
    "actors": (_set(ActorRow), "text"),
    "targets": (_set(TargetRow), "kind"),
    "weapons": (_set(WeaponRow), "kind"),
    "casualties": (_set(HarmRow), "status"),
}
COMMITMENT_ROWS = {
    "parties": (_set(CommitmentActorRow), "text"),
    "terms": (_set(TermRow), "act"),
    "places": (_set(PlaceRow), "text"),
}
PARTIES = ("by", "to", "bound", "mediators", "guarantors")


class ClaimForm:
    """The whole editing form of one claim. ``changes()`` gives the contract's JSON for what was edited."""

    def __init__(self, part: Part, posted: Any = None) -> None:
        self.part = part
        self.commitment = is_commitment(part)
        self.main = (CommitmentMain if self.commitment else IncidentMain)(
            posted, initial=self._main_initial(), prefix="main"
        )
        rows = COMMITMENT_ROWS if self.commitment else INCIDENT_ROWS
        self.keys = {k: key for k, (_, key) in rows.items()}
        self.rows = {k: fs(posted, initial=self._rows_initial(k), prefix=k) for k, (fs, _) in rows.items()}

    def _main_initial(self) -> Part:
        time, period = self.part.get("time") or {}, self.part.get("period") or {}
        first = (
            {"kind": self.part.get("kind")}
            if self.commitment
            else {"type": self.part.get("type"), "modality": self.part.get("modality", "happened")}
        )
        return {
            **first,
            **{k: time.get(k) for k in ("start", "end", "day_part")},
            "period_start": period.get("start"),
            "period_end": period.get("end"),
        }

    def _held(self, slot: str) -> list[Part]:
        if slot == "parties":
            return [{**a, "slot": p} for p in PARTIES for a in self.part.get(p, [])]
        return list(self.part.get(slot, []))

    def _rows_initial(self, slot: str) -> list[Part]:
        return [{**r, "was": i, "id": r.get("id") or ""} for i, r in enumerate(self._held(slot))]

    def is_valid(self) -> bool:
        return all([self.main.is_valid(), *[r.is_valid() for r in self.rows.values()]])

    def changes(self) -> Part:
        """Only what differs from the claim as it stands."""
        m = self.main.cleaned_data
        new: Part = {"kind": m["kind"]} if self.commitment else {"type": m["type"], "modality": m["modality"]}
        new["time"] = _time(self.part.get("time"), m["start"], m["end"], m["day_part"])
        if self.commitment:
            new["period"] = _time(self.part.get("period"), m["period_start"], m["period_end"], None)
        for slot in self.rows:
            new |= self._rows(slot)
        return {k: val for k, val in new.items() if val != (self.part.get(k) or _nothing(k))}

    def _rows(self, slot: str) -> Part:
        held, out = self._held(slot), []
        for form in self.rows[slot]:
            row = form.cleaned_data
            if not row or row.get("DELETE") or not row.get(self.keys[slot]):
                continue
            was = held[row["was"]] if row.get("was") is not None and 0 <= row["was"] < len(held) else {}
            out.append(_merged(was, {k: x for k, x in row.items() if k not in ("was", "DELETE")}))
        if slot != "parties":
            return {slot: out}
        return {p: [{k: x for k, x in r.items() if k != "slot"} for r in out if r["slot"] == p] for p in PARTIES}


def _nothing(key: str) -> Any:
    return None if key in ("time", "period") else [] if key not in ("type", "kind", "modality") else ""


def _time(was: Part | None, start: date | None, end: date | None, day_part: str | None) -> Part | None:
    new = {
        "start": start.isoformat() if start else None,
        "end": (end or start).isoformat() if (end or start) else None,
        "day_part": day_part or None,
    }
    if was and all(str(was.get(k) or "") == str(new[k] or "") for k in new):
        return was
    if not any(new.values()):
        return None
    return {**(was or {}), **new, "rule": "human"}


def _merged(was: Part, row: Part) -> Part:
    """The row over what it was; a value that did not change keeps its span and rule, another one loses
    them.
    """
    row = {k: (x if x != "" else None) for k, x in row.items()}
    if row.get("part") is None and "part" in row:
        row["part"] = "in"
    same = bool(was) and all((was.get(k) or None) == (x if x is not None else None) for k, x in row.items())
    if same:
        return was
    if was.get("text") == row.get("text") and (was.get("id") or None) == (row.get("id") or None):
        return {**was, **row, "rule": "human"}
    fresh = {k: x for k, x in row.items() if x is not None}
    fresh.setdefault("text", "")
    return {**fresh, "rule": "human"}


class Reason(forms.Form):
    reason = forms.CharField(
        label=T("السبب", "Reason"),
        max_length=500,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )


class OptionalReason(forms.Form):
    reason = forms.CharField(
        label=T("السبب", "Reason"),
        max_length=500,
        required=False,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )
