"""Every entry and act rule of knowledge/commitments runs its own examples; unknown fields are refused."""

from __future__ import annotations

import pytest

from rasid.errors import KnowledgeError
from rasid.grammar import commitments
from rasid.grammar.commitments_scene import scene
from rasid.grammar.commitments_terms import classify
from rasid.lexicon import commitments as lexicon
from rasid.lexicon.files import toml
from rasid.model.claims import Mentions
from rasid.model.context import Context
from rasid.model.vocabulary import CommitmentKind, TermAct
from rasid.reading.read import mentions
from rasid.text.tokens import tokenize

ENTRIES = lexicon.entries()
RULES = toml("commitments/acts.toml")["rule"]


def claims_in(text: str):
    return commitments.find(mentions(tokenize(text), Context())[0])


def of(entries, field):
    return [pytest.param(e, x, id=f"{e['id']}:{n}") for e in entries for n, x in enumerate(e.get(field, ()))]


@pytest.mark.parametrize(("entry", "example"), of(ENTRIES, "yes"))
def test_entry_reads_its_examples(entry, example):
    claims = claims_in(example["text"])
    assert [c.kind for c in claims] == [entry["kind"]]
    assert sorted({t.act for t in claims[0].terms}) == sorted(example["acts"])
    assert claims[0].rule == entry["id"]


@pytest.mark.parametrize(("entry", "text"), of(ENTRIES, "no"))
def test_entry_leaves_its_counter_examples_alone(entry, text):
    assert entry["id"] not in [c.rule for c in claims_in(text)]


def act_of(text: str) -> tuple[str, str]:
    t = tokenize(text)
    s = scene(Mentions(t, [], [], [], [], []))
    return classify(s, 0, len(t), "")


@pytest.mark.parametrize(("rule", "text"), of(RULES, "yes"))
def test_act_rule_fires_on_its_examples(rule, text):
    assert act_of(text) == (rule["act"], rule["id"])


@pytest.mark.parametrize(("rule", "text"), of(RULES, "no"))
def test_act_rule_leaves_its_counter_examples_alone(rule, text):
    assert act_of(text)[1] != rule["id"]


def test_every_entry_and_rule_speaks_the_contract_and_has_examples():
    kinds, acts = {k.value for k in CommitmentKind}, {a.value for a in TermAct}
    for e in ENTRIES:
        assert e["kind"] in kinds
        assert e["yes"]
        assert e["no"]
        assert set(e.get("acts", ())) <= acts
    for r in RULES:
        assert r["act"] in acts
        assert r["yes"]
        assert r["no"]
    ids = [e["id"] for e in ENTRIES] + [r["id"] for r in RULES]
    assert len(ids) == len(set(ids))


def test_labels_that_rules_name_exist():
    labels = set(toml("commitments/acts.toml")["label"])
    for r in RULES:
        assert r["head"] in labels
        assert not r.get("object") or r["object"] in labels


def test_unknown_field_is_refused_by_name():
    with pytest.raises(KnowledgeError, match="colour"):
        lexicon._trigger({"id": "x", "kind": "pledge", "verb": "وعد", "colour": "red"}, "commitments")
