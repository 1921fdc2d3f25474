"""The evaluation gives the figures of the project's scorer."""

import importlib.util
import json
import os
import random
from pathlib import Path

import pytest

from rasid.reading.evaluate import evaluate, figures

_BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "tools" / "score.py"
SCORER = Path(os.environ.get("RASID_SCORER", _BESIDE))
WORDS = [
    "قصف",
    "بلدة",
    "الناصرية",
    "المدفعية",
    "مدنيين",
    "ثلاثة",
    "القوات",
    "حي",
    "الزهور",
    "مدينة",
    "النور",
    "الوفد",
    "تعهد",
    "وقف",
]
TYPES = ["shelling", "air_strike", "clash", "arrest", "toll", "siege"]


def _quote(rng):
    return " ".join(rng.choices(WORDS, k=rng.randint(1, 6)))


def _named(rng):
    return {"id": rng.choice([None, "a", "b"]), "text": " ".join(rng.choices(WORDS, k=rng.randint(1, 3)))}


def _place(rng):
    at = {} if rng.random() < 0.3 else {"lat": rng.choice([33.0, 33.02, 35.0]), "lon": 36.0}
    return {**_named(rng), **at}


def _incident(rng, gold):
    day = rng.choice([None, "2021-08-06", "2021-08-07"])
    return {
        "type": rng.choice(TYPES),
        "modality": rng.choice(["happened", "happened", "planned"]),
        "time": rng.choice([None, {"start": day, "end": day}]),
        "places": [_place(rng) for _ in range(rng.randint(0, 2))],
        "actors": [_named(rng) for _ in range(rng.randint(0, 2))],
        "targets": [{"kind": rng.choice(["water", "camp"])} for _ in range(rng.randint(0, 2))],
        "weapons": [{"kind": rng.choice(["mortar", "drone"])} for _ in range(rng.randint(0, 1))],
        "casualties": [{"status": "killed", "min": rng.choice([None, 3]), "max": 3} for _ in range(rng.randint(0, 1))],
        "sources": rng.choice([[], ["s1"], ["s1", "s2"], ["lost"]]),
        "evidence": [{"start": 0, "end": 3, "text": _quote(rng)}],
        **({"optional": True} if gold and rng.random() < 0.2 else {}),
    }


def _commitment(rng, gold):
    return {
        "kind": rng.choice(["pledge", "demand", "threat"]),
        "by": [_named(rng) for _ in range(rng.randint(0, 2))],
        "terms": [{"act": rng.choice(["cease_fire", "withdraw", "monitor"])} for _ in range(rng.randint(0, 3))],
        "sources": [],
        "evidence": [_quote(rng)]
        if gold
        else [{"start": 0, "end": 2, "text": "قصف"[:2]}, {"start": 1, "end": 4, "text": "x"}],
        **({"optional": True} if gold and rng.random() < 0.2 else {}),
    }


def _document(rng, number, gold):
    return {
        "report": {
            "id": f"d{number}",
            "text": "قصف على البلدة",
            **({"distractor": True} if gold and number % 5 == 0 else {}),
        },
        "sources": [
            {"id": "s1", **{k: v for k, v in _named(rng).items() if k == "text"}},
            {"id": "s2", "text": "مصدر"},
        ],
        "incidents": [_incident(rng, gold) for _ in range(rng.randint(0, 5))],
        "commitments": [_commitment(rng, gold) for _ in range(rng.randint(0, 4))],
        "meetings": [{"evidence": [_quote(rng)], "sources": []} for _ in range(rng.randint(0, 2))],
    }


def _corpora(seed):
    rng = random.Random(seed)
    gold = [_document(rng, n, True) for n in range(20)]
    readings = [_document(rng, n, False) for n in range(18)]
    return gold, readings


@pytest.mark.skipif(not SCORER.is_file(), reason="the project's scorer is not beside the checkout (RASID_SCORER)")
@pytest.mark.parametrize("seed", range(25))
def test_figures_equal_those_of_the_scorer(seed, tmp_path, capsys):
    spec = importlib.util.spec_from_file_location("score", SCORER)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    gold, readings = _corpora(seed)
    for name, docs in (("gold", gold), ("readings", readings)):
        (tmp_path / name).write_text("\n".join(json.dumps(d, ensure_ascii=False) for d in docs), encoding="utf-8")
    scorer.main([str(tmp_path / "gold"), str(tmp_path / "readings"), "--json"])
    assert json.loads(capsys.readouterr().out) == figures(evaluate(gold, readings))


def _one(type_, quote, **more):
    return {"type": type_, "evidence": [{"start": 0, "end": len(quote), "text": quote}], **more}


def _doc(*incidents, text="", **report):
    return {"report": {"id": "d", "text": text, **report}, "incidents": list(incidents)}


def test_a_perfect_reading_scores_one():
    doc = _doc(_one("shelling", "قصف على البلدة"), text="قصف على البلدة")
    flat = figures(evaluate([doc], [doc]))
    assert flat["incidents"]["f1"] == 1.0
    assert flat["grounding"] == 1.0


def test_a_wrong_type_of_the_family_shows_in_the_confusion():
    score = evaluate([_doc(_one("shelling", "قصف على البلدة"))], [_doc(_one("air_strike", "قصف على البلدة"))])
    flat = figures(score)
    assert (flat["incidents"]["f1"], flat["family"]["f1"]) == (0.0, 1.0)
    assert score.confusion == {("shelling", "air_strike"): 1}


def test_an_optional_item_costs_nothing_when_missed():
    flat = figures(evaluate([_doc(_one("shelling", "قصف على البلدة", optional=True))], [_doc()]))
    assert flat["incidents"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "tp": 0, "fp": 0, "fn": 0}


def test_a_distractor_counts_its_false_items():
    flat = figures(evaluate([_doc(distractor=True)], [_doc(_one("clash", "اشتباكات في الحي"))]))
    assert flat["distractors"] == {"documents": 1, "with_false_items": 1, "false_items": 1}
