from __future__ import annotations

import random
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.books import Book
from rasid.errors import InputError

from .build import DAY, EVERYTHING, a_promise, an_incident, state, tell


def some_book(book: Book) -> None:
    """Six reports of three incidents, and a promise with a breach."""
    for n, (town, day, killed) in enumerate(
        [
            ("amber", 0, 3),
            ("amber", 0, 4),
            ("cedar", 0, 9),
            ("basil", 1, None),
            ("basil", 1, 2),
            ("north", 1, None),
        ]
    ):
        told = an_incident(at=(town,), day=DAY + timedelta(days=day), killed=killed)
        promised = [a_promise(made=DAY - timedelta(days=1))] if n == 0 else []
        tell(
            book,
            told,
            commitments=promised,
            id=f"r{n}",
            text=f"خبر {n} مختلق",
            publisher=f"صحيفة {n}",
            published=DAY + timedelta(days=2),
        )


def test_a_merge_redirects_and_undo_restores(book: Book) -> None:
    some_book(book)
    before = state(book)
    a, b = (book.claim(c).incident or "" for c in ("r0#i1", "r2#i1"))  # type: ignore[union-attr]
    done = book.merge(a, b, who="s", reason="قصف واحد")
    (survivor,) = {book.incident(a).id, book.incident(b).id}
    assert book.incident(b).redirected_from == (b if survivor != b else None)
    assert b in (survivor, *book.incident(a).aliases)
    assert set(book.incident(a).claim_ids) == {"r0#i1", "r1#i1", "r2#i1"}
    book.undo(done.id, who="s")
    assert state(book) == before
    assert {book.incident(a).id, book.incident(b).id} == {a, b}
    book.undo(done.id + 1, who="s", reason="بل هما واحد")
    assert set(book.incident(a).claim_ids) == {"r0#i1", "r1#i1", "r2#i1"}


def test_a_split_parts_for_good_and_undo_restores(book: Book) -> None:
    some_book(book)
    before = state(book)
    rid = book.claim("r0#i1").incident or ""  # type: ignore[union-attr]
    done = book.split(rid, ["r1#i1"], who="s", reason="قصفان")
    assert book.incident(rid).claim_ids == ("r0#i1",)
    assert book.incident(done.detail["new"]).claim_ids == ("r1#i1",)
    tell(book, an_incident(killed=4), id="r9", publisher="جديدة", text="خبر لاحق مختلق تماما")
    assert {len(book.incident(x).claim_ids) for x in (rid, done.detail["new"])} == {1, 2}
    book.reject_claim("r9#i1", who="s", reason="x")
    book.undo(done.id, who="s")
    assert set(book.incident(rid).claim_ids) == {"r0#i1", "r1#i1"}
    after = state(book)
    assert after["commitments"] == before["commitments"]
    with pytest.raises(InputError, match="not all"):
        book.split(rid, ["r0#i1", "r1#i1"], who="s")


def test_rejecting_correcting_and_accepting_claims_can_be_taken_back(book: Book) -> None:
    some_book(book)
    before = state(book)
    rejected = book.reject_claim("r1#i1", who="s", reason="لا يقول هذا")
    (first,) = [i for i in book.incidents(EVERYTHING) if "r0#i1" in i.claim_ids]
    assert (first.claims, first.harm[0].high) == (1, 3)
    assert book.claim("r1#i1").state == "rejected"
    book.undo(rejected.id, who="s")
    assert state(book) == before
    corrected = book.correct_claim("r1#i1", {"time": {"start": DAY.isoformat(), "end": DAY.isoformat()},
                                              "places": [], "type": "arrest"}, who="s")  # fmt: skip
    assert book.claim("r1#i1").incident != first.id  # type: ignore[union-attr]
    assert book.claim_part("r1#i1")["type"] == "arrest"
    assert book.claim_part("r1#i1", as_read=True)["type"] == "shelling"
    book.undo(corrected.id, who="s")
    assert state(book) == before
    book.accept_claim("r1#i1", who="s")
    assert [i.id for i in book.reviewed_reading("r1").incidents] == ["i1"]
    with pytest.raises(InputError, match="type"):
        book.correct_claim("r1#i1", {"type": "earthquake"}, who="s")


def test_a_claim_that_the_reader_missed_can_be_added(book: Book) -> None:
    tell(book, an_incident(), id="r1", text="قصفت عنبر واعتقل شاب في ريحان")
    part = an_incident(type="arrest", at=("basil",), evidence=[{"start": 11, "end": 19, "text": "اعتقل شا"}])
    with pytest.raises(InputError, match="not what stands there"):
        book.add_claim("r1", part | {"evidence": [{"start": 0, "end": 3, "text": "xyz"}]}, who="s")
    before = state(book)
    part["evidence"] = [{"start": 11, "end": 19, "text": "قصفت عنبر واعتقل شاب في ريحان"[11:19]}]
    done, claim = book.add_claim("r1", part, who="s", reason="فات القارئ")
    assert claim == "r1#h1"
    assert book.count() == 2
    book.undo(done.id, who="s")
    assert state(book) == before


def test_grades_and_publication_stay_with_the_record(book: Book) -> None:
    some_book(book)
    rid = book.claim("r0#i1").incident or ""  # type: ignore[union-attr]
    graded = book.set_grade(rid, "verified", who="أستاذة", reason="صور")
    book.publish(rid, who="s")
    one = book.incident(rid)
    assert (one.grade, one.graded_by, one.grade_reason, one.published) == ("verified", "أستاذة", "صور", True)
    (finding,) = [f for f in book.findings() if f.incident == rid]
    assert finding.reasons["grade"] == 1.0
    tell(book, an_incident(killed=7), id="r8", publisher="ثامنة", text="خبر ثامن مختلق")
    assert book.incident(rid).grade == "verified"
    book.undo(graded.id, who="s")
    assert book.incident(rid).grade == "corroborated"
    book.unpublish(rid, who="s", reason="لم يحن")
    assert not book.incident(rid).published
    with pytest.raises(InputError, match="no grade"):
        book.set_grade(rid, "perfect", who="s", reason="")


def test_a_finding_is_judged_by_people_and_the_judgement_survives_a_merge(book: Book) -> None:
    some_book(book)
    (promise,) = book.commitments()
    assert promise.state == "breached"
    found = {f.incident: f for f in book.commitment(promise.id).findings}
    for f in found.values():
        book.judge_finding(f.id, "rejected", who="s", reason="خارج النص")
    assert book.commitment(promise.id).commitment.state == "kept_so_far"
    a, b = sorted(i for i in found if i)[:2]
    book.merge(a, b, who="s")
    assert {f.judgement for f in book.commitment(promise.id).findings} == {"rejected"}
    last = book.actions(kind="finding").rows[0]
    book.undo(last.id, who="s")
    assert "apparent" in {f.judgement for f in book.commitment(promise.id).findings}


an_act = st.sampled_from(["merge", "split", "reject", "correct", "grade"])


def perform(book: Book, kind: str, chance: random.Random) -> int | None:
    records = list(book.every_incident(EVERYTHING))
    if kind == "merge" and len(records) > 1:
        a, b = chance.sample(sorted(i.id for i in records), 2)
        return book.merge(a, b, who="s").id
    if kind == "split":
        wide = sorted((i for i in records if i.claims > 1), key=lambda i: i.id)
        if wide:
            one = chance.choice(wide)
            part = chance.sample(sorted(one.claim_ids), chance.randint(1, one.claims - 1))
            return book.split(one.id, part, who="s").id
    claim = chance.choice([f"r{n}#i1" for n in range(6)])
    if kind == "reject":
        return book.reject_claim(claim, who="s", reason="x").id
    if kind == "correct":
        return book.correct_claim(claim, {"type": chance.choice(["arrest", "air_strike"])}, who="s").id
    return book.set_grade(chance.choice(records).id, "contested", who="s", reason="x").id if records else None


def reviewed(book: Book) -> Any:
    return [(i["claim_ids"], i["type"], i["grade"], i["harm"]) for i in state(book)["incidents"]]


@settings(max_examples=10, deadline=None)
@given(st.lists(an_act, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_undoing_acts_in_reverse_walks_back_through_every_state(acts: list[str], chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder, Book.open(Path(folder) / "b.rasid") as book:
        some_book(book)
        trail: list[tuple[int, Any]] = []
        for kind in acts:
            before = reviewed(book)
            done = perform(book, kind, chance)
            if done is not None:
                trail.append((done, before))
        for done, before in reversed(trail):
            book.undo(done, who="s")
            assert reviewed(book) == before
        assert book.verify().ok


@settings(max_examples=8, deadline=None)
@given(st.lists(an_act, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_a_book_is_what_its_standing_acts_make_it(acts: list[str], chance: random.Random) -> None:
    """Taking back any one act leaves what the others alone would have made."""
    with tempfile.TemporaryDirectory() as folder, Book.open(Path(folder) / "b.rasid") as book:
        some_book(book)
        done = [n for kind in acts if (n := perform(book, kind, chance)) is not None]
        for n in chance.sample(done, len(done)):
            book.undo(n, who="s")
        with Book.open(Path(folder) / "fresh.rasid") as fresh:
            some_book(fresh)
            assert reviewed(book) == reviewed(fresh)
