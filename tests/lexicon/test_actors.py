"""The registry of parties: large enough, consistent, and with every name leading where it should."""

from collections import defaultdict
from pathlib import Path

import pytest

from rasid.lexicon import files
from rasid.lexicon.actors import KINDS, countries, officials, page, registry, words
from rasid.model.context import Context
from rasid.resolve.who import find
from rasid.text.keys import phrase
from rasid.text.tokens import tokenize

WRITTEN = {e["id"]: e for n in files.names("actors") for e in files.toml(n).get("entry", ())}
ENTRIES = [e for e in registry().values() if e.id in WRITTEN]


def test_there_are_at_least_three_hundred_written_entries():
    assert len(WRITTEN) >= 300
    assert sum(len(e.names) + len(e.partisan) for e in ENTRIES) >= 2000


@pytest.mark.parametrize(
    "country", ["SY", "YE", "PS", "IL", "LB", "IQ", "SD", "LY", "TR", "IR", "SA", "EG", "US", "RU"]
)
def test_the_countries_of_the_wars_and_the_foreign_parties_are_there(country):
    assert sum(e.country == country for e in ENTRIES) >= 3
    c = countries()[country]
    assert c.government in registry()
    assert c.forces in registry()


def test_ids_are_used_once():
    seen = defaultdict(list)
    for name in files.names("actors"):
        for e in files.toml(name)["entry"]:
            seen[e["id"]].append(name)
    assert {k: v for k, v in seen.items() if len(v) > 1} == {}


@pytest.mark.parametrize("field", ["parent", "side", "acts_for"])
def test_references_lead_to_entries(field):
    bad = [(e.id, getattr(e, field)) for e in ENTRIES if getattr(e, field) and getattr(e, field) not in registry()]
    assert bad == []


def test_parents_form_no_circle():
    for e in ENTRIES:
        seen, at = set(), e.id
        while at:
            assert at not in seen
            seen.add(at)
            at = registry()[at].parent


def test_kinds_and_dates():
    for e in ENTRIES:
        assert e.kind in KINDS
        assert e.names + e.generic
        assert not (e.since and e.until) or e.since <= e.until
        assert e.label_ar
        assert e.label_en


def test_officials_speak_for_known_parties():
    assert [o.name for o in officials() if o.id not in registry()] == []
    assert len({o.name for o in officials()}) == len(officials())


def test_one_name_is_shared_only_by_parties_of_different_countries():
    owners = defaultdict(set)
    for e in ENTRIES:
        for n in (*e.names, *e.partisan):
            owners[phrase(n)].add((e.country, e.id))
    clashes = {
        " ".join(k): v
        for k, v in owners.items()
        if len({i for _, i in v}) > 1 and len({c for c, _ in v}) < len({i for _, i in v})
    }
    assert clashes == {}


def test_countries_have_two_parties_each():
    for code, c in countries().items():
        assert len(code) == 2
        assert registry()[c.government].acts
        assert registry()[c.forces].acts


def found(name, region):
    t = tokenize(f"قال الناس إن {name} هنا")
    return [(t.quote(h.lo, h.hi), h.id) for h in find(t, Context(region=region))]


@pytest.mark.parametrize("entry", [pytest.param(e, id=e.id) for e in ENTRIES])
def test_every_name_is_found_as_its_party(entry):
    """In the party's own country each of its names is one hit with its id."""
    region = entry.regions[0] if entry.regions else None
    for name in (*entry.names, *entry.generic, *entry.partisan):
        got = found(name, region)
        assert [i for _, i in got] == [entry.id], (name, got)


EXAMPLES = [(e, kind, x) for e in words("heads").values() for kind in ("yes", "no") for x in e.get(kind, ())]
EXAMPLES += [(e, kind, x) for e in WRITTEN.values() for kind in ("yes", "no") for x in e.get(kind, ())]


@pytest.mark.parametrize(("entry", "kind", "example"), EXAMPLES, ids=[f"{e['id']}:{k}" for e, k, _ in EXAMPLES])
def test_examples_of_the_knowledge(entry, kind, example):
    t = tokenize(example["text"])
    got = [(t.quote(h.lo, h.hi), h.id) for h in find(t, Context(region=entry.get("country")))]
    if kind == "no":
        assert entry["id"] not in [i for _, i in got]
        assert not entry["id"].startswith("head.") or got == []
    else:
        assert (example["quote"], example.get("id", entry["id"])) in got


def test_the_page_of_documentation_is_fresh():
    written = (Path(__file__).parents[2] / "docs" / "actors.md").read_text(encoding="utf-8")
    assert written == page(), "run: python -m rasid.lexicon.actors > docs/actors.md"
