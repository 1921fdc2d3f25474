from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.books import features, keys
from rasid.books.canon import canonical, sha256
from rasid.books.cluster import IncidentRules, Joiner
from rasid.books.memory import MemoryShelf
from rasid.model.reading import Incident

from .build import DAY, an_incident


def of(n: int, raw: dict[str, Any], published: Any = DAY + timedelta(days=1), pin: int = 0) -> features.Features:
    claim = Incident.model_validate(raw)
    f = features.of_incident(claim, published, "", sha256(canonical(claim.model_dump(mode="json"))), n)
    f.n, f.pin = n, pin
    return f


def partition(claims: list[features.Features], *, at_once: bool = False) -> set[frozenset[int]]:
    shelf: MemoryShelf[features.Features] = MemoryShelf(keys.kept)
    joiner = Joiner(shelf, IncidentRules())
    for group in [claims] if at_once else [[c] for c in claims]:
        for f in group:
            shelf.put(f)
        shelf.settle(joiner.update(group, all_at_once=at_once))
    records: dict[int, set[int]] = {}
    for n, r in shelf.record.items():
        records.setdefault(r, set()).add(n)
    return {frozenset(ns) for ns in records.values()}


a_claim = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["shelling", "air_strike", "armed_attack", "arrest"]),
        "day": st.sampled_from([DAY, DAY, DAY - timedelta(days=1), DAY - timedelta(days=2), None]),
        "at": st.sampled_from(
            [("amber",), ("amber",), ("mill",), ("amber", "basil"), ("north",), ("zz",), ("cedar",), ()]
        ),
        "by": st.sampled_from([(), ("sy.government",), ("sy.4th_division",), ("sy.opposition",)]),
        "killed": st.sampled_from([None, 2, 3, 12, 13, (1, None), 0]),
        "part": st.sampled_from([None, "dawn", "evening"]),
        "weapons": st.sampled_from([(), ("mortar",), ("artillery",)]),
    }
)


@settings(max_examples=100, deadline=None)
@given(st.lists(a_claim, min_size=1, max_size=14), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_change_the_outcome(raw: list[dict[str, Any]], chance: random.Random) -> None:
    claims = [of(n, an_incident(**r)) for n, r in enumerate(raw, 1)]
    expected = partition(claims, at_once=True)
    shuffled = claims[:]
    chance.shuffle(shuffled)
    assert partition(claims) == expected
    assert partition(shuffled) == expected
