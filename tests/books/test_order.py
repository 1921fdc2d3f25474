from __future__ import annotations

import random
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.books import Book
from rasid.model.reading import Reading

from .build import DAY, a_document, a_promise, a_reading, an_incident, state

an_event = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["shelling", "air_strike", "arrest"]),
        "day": st.sampled_from([DAY, DAY + timedelta(days=1), DAY + timedelta(days=2), None]),
        "at": st.sampled_from([("amber",), ("mill",), ("basil",), ("north",), ("zz",), ()]),
        "by": st.sampled_from([(), ("sy.government",), ("sy.opposition",)]),
        "killed": st.sampled_from([None, 2, 12, 13, (5, None)]),
    }
)
a_word = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["pledge", "agreement", "demand", "refusal"]),
        "acts": st.sampled_from([("stop_shelling",), ("cease_fire", "release_detainees")]),
        "by": st.sampled_from([("sy.government",), ("ru.government",), ()]),
        "made": st.sampled_from([DAY, DAY, DAY + timedelta(days=5), None]),
        "at": st.sampled_from([("north",), ("amber",), ("zz",)]),
    }
)
a_report = st.tuples(st.lists(an_event, max_size=2), st.lists(a_word, max_size=1), st.integers(0, 3))


def reports(raw: list[Any]) -> list[Reading]:
    out = []
    for n, (events, words, late) in enumerate(raw):
        out.append(
            a_reading(
                *(an_incident(f"i{k}", **e) for k, e in enumerate(events)),
                commitments=[a_promise(f"c{k}", **w) for k, w in enumerate(words)],
                id=f"r{n}",
                text=f"تقرير مختلق رقم {n} عن أحداث مختلقة",
                publisher=f"صحيفة {n % 3}",
                published=DAY + timedelta(days=late),
            )
        )
    return out


def kept(readings: list[Reading], batch: int) -> tuple[dict[str, Any], dict[str, set[str]]]:
    """What a fresh book says after the reports came in this order; and where each id then led."""
    with tempfile.TemporaryDirectory() as folder, Book.open(Path(folder) / "b.rasid") as book:
        given_out: set[str] = set()
        pairs = [(a_document(r), r) for r in readings]
        for added in book.add_many(pairs, batch=batch):
            given_out |= {*added.incidents}
        told = {rid: set(book.incident(rid).claim_ids) for rid in given_out}
        before = state(book)
        book.rebuild()
        assert state(book) == before
        return before, told


@settings(max_examples=12, deadline=None)
@given(st.lists(a_report, min_size=1, max_size=7), st.randoms(use_true_random=False))
def test_reports_in_any_order_make_the_same_book(raw: list[Any], chance: random.Random) -> None:
    readings = reports(raw)
    expected, told = kept(readings, batch=100)
    shuffled = readings[:]
    chance.shuffle(shuffled)
    outcome, told_again = kept(shuffled, batch=1)
    assert outcome == expected
    for rid in told.keys() & told_again.keys():
        assert told[rid] == told_again[rid]
