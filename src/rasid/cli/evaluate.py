"""`rasid evaluate`: the reader, or any readings, scored against gold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rasid.errors import InputError

if TYPE_CHECKING:
    from rasid.reading.evaluate import Score


@click.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--readings",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Score these; do not read.",
)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that read at once.")
@click.option("--errors", type=click.IntRange(0), default=0, help="Show the first N missed and spurious items.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
def command(gold: Path, readings: Path | None, jobs: int, errors: int, as_json: bool) -> None:
    """Score the reader against GOLD, JSON lines in the shape of a reading with the text in `report`."""
    from rasid.reading.evaluate import evaluate, figures

    found = _lines(readings) if readings else _read(gold, jobs)
    score = evaluate(_lines(gold), found)
    if as_json:
        click.echo(json.dumps({**figures(score), "confusion": _confusion(score)}, ensure_ascii=False, indent=1))
        return
    _print(figures(score))
    _print_confusion(score)
    for what, name, kind, quote in score.errors[:errors]:
        click.echo(f"{what} {name} {kind}: {quote}")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as fh:
        for number, line in enumerate(fh, 1):
            if not line.strip():
                continue
            try:
                doc = json.loads(line)
                doc["report"]["id"]
            except (ValueError, KeyError, TypeError) as e:
                raise InputError("no reading with a report.id", where=f"{path}:{number}", mend="one a line") from e
            yield doc


def _read(gold: Path, jobs: int) -> Iterator[dict[str, Any]]:
    from rasid.batch.local import read_all
    from rasid.intake import Failure, open_path

    for result in read_all(open_path(gold), jobs=jobs):
        if isinstance(result, Failure):
            click.echo(f"skipped {result}", err=True)
        else:
            yield result.model_dump(mode="json", warnings=False)


def _print(flat: dict[str, Any]) -> None:
    click.echo(f"documents {flat['documents']['gold']}  (no reading for {flat['documents']['missing']})")
    click.echo(f"{'':22}{'P':>7}{'R':>7}{'F1':>7}   tp/fp/fn")
    for name, v in flat.items():
        if isinstance(v, dict) and "f1" in v:
            click.echo(f"{name:22}{v['p']:7.3f}{v['r']:7.3f}{v['f1']:7.3f}   {v['tp']}/{v['fp']}/{v['fn']}")
    d = flat["distractors"]
    click.echo(f"slots, mean F1        {flat['slots.mean_f1']:.3f}")
    click.echo(f"geocode within 5 km   {flat['geocode.within_5km']}")
    false = f"{d['with_false_items']} of {d['documents']} with false items ({d['false_items']})"
    click.echo(f"distractors           {false}")
    click.echo(f"grounding             {flat['grounding']}")


def _confusion(score: Score) -> list[dict[str, Any]]:
    """Pairs of types that differ, the commonest first; null stands for none."""
    ranked = sorted(score.confusion.items(), key=lambda kv: (-kv[1], kv[0]))
    return [{"gold": g or None, "found": f or None, "n": n} for (g, f), n in ranked if g != f]


def _print_confusion(score: Score) -> None:
    pairs = _confusion(score)
    if not pairs:
        return
    click.echo("types, gold taken for")
    for pair in pairs[:25]:
        click.echo(f"  {pair['gold'] or '(none)':22}{pair['found'] or '(missed)':22}{pair['n']:4}")
