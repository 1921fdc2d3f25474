"""Colouring moves no letter: the segments joined are the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rasid.desk.review.parts import Mark, segments

TEXT = "قُصِفَت بلدةُ طَفَس بـ 12 قذيفة (ريف درعا) fired 5 مرات"
spans = st.tuples(st.integers(-3, 70), st.integers(-3, 70), st.integers(1, 5), st.sampled_from(["ev", "place", "time"]))


@given(st.lists(spans, max_size=12))
def test_segments_joined_are_the_text(found: list[tuple[int, int, int, str]]) -> None:
    out = segments(TEXT, [Mark(*f) for f in found])
    assert "".join(s.text for s in out) == TEXT


@given(st.lists(spans, max_size=12))
def test_each_letter_carries_exactly_the_claims_over_it(found: list[tuple[int, int, int, str]]) -> None:
    marks = [Mark(*f) for f in found]
    kept = [m for m in marks if 0 <= m.start < m.end <= len(TEXT)]
    for s in segments(TEXT, marks):
        for i in range(s.start, s.start + len(s.text)):
            assert set(s.claims.split()) == {str(m.claim) for m in kept if m.start <= i < m.end}


def test_offsets_count_code_points() -> None:
    text = "😀قصف طفس"
    out = segments(text, [Mark(5, 8, 1, "place")])
    assert [s.text for s in out] == ["😀قصف ", "طفس"]
