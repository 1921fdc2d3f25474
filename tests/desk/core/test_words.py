"""Both languages, everywhere; counts in good Arabic."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

import rasid.desk
from rasid.books.records import Grade
from rasid.books.records_ledger import FindingKind, Judgement, TermState
from rasid.desk import words
from rasid.model import vocabulary

DESK = Path(rasid.desk.__file__).parent
ARABIC = re.compile(r"[\u0600-\u06ff]")


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "لا تقارير"),
        (1, "تقرير واحد"),
        (2, "تقريران"),
        (3, "3 تقارير"),
        (10, "10 تقارير"),
        (11, "11 تقريرًا"),
        (99, "99 تقريرًا"),
        (100, "100 تقرير"),
        (102, "102 تقرير"),
        (103, "103 تقارير"),
        (1111, "1,111 تقريرًا"),
    ],
)
def test_counting_in_arabic(django_ready: None, n: int, said: str) -> None:
    with translation.override("ar"):
        assert words.count(n, "report") == said


def test_feminine_one(django_ready: None) -> None:
    with translation.override("ar"):
        assert words.count(1, "incident") == "حادثة واحدة"
    with translation.override("en"):
        assert words.count(1, "incident") == "1 incident"
        assert words.count(2, "breach") == "2 breaches"


KINDS = {
    "incident_type": vocabulary.IncidentType, "modality": vocabulary.Modality, "commitment_kind": vocabulary.CommitmentKind, "term_act": vocabulary.TermAct,
    "target_kind": vocabulary.TargetKind, "weapon_kind": vocabulary.WeaponKind, "source_kind": vocabulary.SourceKind, "place_part": vocabulary.PlacePart,
    "precision": vocabulary.Precision, "day_part": vocabulary.DayPart, "actor_role": vocabulary.ActorRole, "harm_status": vocabulary.HarmStatus, "harm_who": vocabulary.HarmWho,
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_the_contract_has_both_labels(kind: str) -> None:
    table = tomllib.loads((DESK / "labels.toml").read_text(encoding="utf-8"))[kind]
    assert set(table) == {e.value for e in KINDS[kind]}
    for ar, en in table.values():
        assert ARABIC.search(ar)
        assert not ARABIC.search(en)


@pytest.mark.parametrize(
    ("kind", "enum"),
    [("grade", Grade), ("state", TermState), ("finding_kind", FindingKind), ("judgement", Judgement)],
)
def test_every_word_of_the_books_has_both_labels(kind: str, enum: Any) -> None:
    table = tomllib.loads((DESK / "labels.toml").read_text(encoding="utf-8"))[kind]
    assert {e.value for e in enum} <= set(table)


def test_the_books_sentences_are_said_in_arabic(django_ready: None) -> None:
    """Every sentence that the ledger makes, found in its source, has its line in said.toml."""
    import rasid.books

    folder = Path(rasid.books.__file__).parent
    source = "".join((folder / f).read_text(encoding="utf-8") for f in ("weighing.py", "ledger_view.py"))
    told = re.findall(r'notes\.append\(\s*f?"([^"]+)"', source)
    told += re.findall(r'TermState\.[A-Z_]+, f?"([^"]+)"', source)
    assert len(told) >= 15
    with translation.override("ar"):
        for sentence in told:
            said = re.sub(r"\{[^}]*\}", "7", sentence) + ("x" if sentence.endswith(": ") else "")
            if sentence in ("not done ",):
                said = "not done so far"
            assert ARABIC.search(words.say(said)), said


def _tags(text: str) -> list[tuple[str, str]]:
    return re.findall(r"""\{% t (?:"([^"]*)"|'[^']*') (?:"([^"]*)"|'[^']*') %\}""", text)


@pytest.mark.parametrize("path", sorted(DESK.rglob("*.html")), ids=lambda p: p.name)
def test_templates_say_everything_in_both_languages(path: Path) -> None:
    """Arabic stands only inside a two-language tag, and each tag has an Arabic and an English side."""
    text = path.read_text(encoding="utf-8")
    for ar, en in _tags(text):
        if ar:
            assert ARABIC.search(ar) or not re.search(r"[A-Za-z]{3}", ar), ar
        assert not ARABIC.search(en), en
    outside = re.sub(r"\{%.*?%\}", "", text)
    outside = outside.replace("العربية", "").replace("راصد", "")
    assert not ARABIC.search(outside), ARABIC.search(outside)


@pytest.mark.parametrize("path", sorted(DESK.rglob("*.html")), ids=lambda p: p.name)
def test_templates_have_no_inline_script_style_or_handler(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle=|\son\w+=", text)


def test_the_sheet_uses_logical_properties_only() -> None:
    """One sheet serves both directions, so nothing in it may know left from right."""
    css = (DESK / "core/static/desk/desk.css").read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    assert not re.search(
        r"(?<![-\w])(margin|padding|border)-(left|right)|(?<![-\w])(left|right)\s*:|text-align:\s*(left|right)|float\s*:",
        css,
    )
