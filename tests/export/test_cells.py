"""Cells: harmless in a spreadsheet, and the same again when they are read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.export.cells import cell, plain, safe

DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\t=1",
    "\r=1",
    " =1",
    "\u200f=cmd|' /C calc'!A0",
    "\ufeff+1",
    "＝1",
    "%1",
    "|x",
    "\n@x",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_would_run_is_quoted(text):
    assert safe(text) == "'" + text


@pytest.mark.parametrize("text", ["قصف", "12 قتيلا", "'تعليق'", "", "a=b", "«=»"])
def test_other_text_is_left_alone(text):
    assert safe(text) == text


def test_values_keep_their_kind():
    assert [cell(v) for v in (None, True, 3, -2.5, "=x")] == ["", "true", 3, -2.5, "'=x"]


@given(st.text(max_size=20) | st.sampled_from(DANGEROUS).map(lambda t: "'" + t))
def test_safe_text_is_read_back_and_runs_nowhere(text):
    assert plain(safe(text)) == text
    assert not re.match("[=+@\\-\t\r]", safe(text))
