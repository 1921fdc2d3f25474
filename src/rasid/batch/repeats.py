"""One row of each report: the first in the order of the parts is kept, the others are named in `repeats`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasid.batch.part import Job, Part
from rasid.batch.table import arrow, repeats_schema, reports_schema, rewrite


@dataclass(frozen=True, slots=True)
class _Spare:
    """A row to be set apart: where it lies, and where the one that is kept does."""

    part: int
    row: int
    first_part: int
    first_row: int


def load(out: Path) -> list[dict[str, Any]]:
    """Rows of `repeats`."""
    path = _path(out)
    return list(arrow("pyarrow.parquet").read_table(path).to_pylist()) if path.is_file() else []


def save(out: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write `repeats` anew."""
    rewrite(_path(out), arrow().Table.from_pylist(list(rows), schema=repeats_schema()), repeats_schema())


def _path(out: Path) -> Path:
    return out / "repeats.parquet"


def set_apart(job: Job, parts: Sequence[Part]) -> None:
    """Take repeats out of the reports of parts that are done. Doing it again, or half of it, does no harm."""
    spare = list(_spare(job, parts))
    if not spare:
        return
    rows = {(r["part"], r["row"]): r for r in load(job.out)}
    heads = {n: _heads(job, parts[n]) for s in spare for n in (s.part, s.first_part)}
    for s in spare:
        told = {"part": parts[s.part].id, "row": s.row, "first_part": parts[s.first_part].id}
        first = heads[s.first_part][s.first_row]["input"]
        rows[told["part"], s.row] = {**heads[s.part][s.row], **told, "first_input": first}
    save(job.out, rows.values())  # first, so that no report is ever in neither place
    for n in sorted({s.part for s in spare}):
        out = {s.row for s in spare if s.part == n}
        whole = arrow("pyarrow.parquet").read_table(job.reports(parts[n]))
        keep = arrow().array([row not in out for row in range(whole.num_rows)])
        rewrite(job.reports(parts[n]), whole.filter(keep), reports_schema())


def _spare(job: Job, parts: Sequence[Part]) -> Iterable[_Spare]:
    """Rows whose digest an earlier row has, in order."""
    pa, pq, compute = arrow(), arrow("pyarrow.parquet"), arrow("pyarrow.compute")
    sheets = [pq.read_table(job.reports(t), columns=["digest"]) for t in parts]
    if not sheets:
        return
    places = [(n, row) for n, sheet in enumerate(sheets) for row in range(sheet.num_rows)]
    table = pa.concat_tables(sheets).append_column("at", pa.array(range(len(places)), pa.int64()))
    grouped = table.group_by("digest").aggregate([("at", "min"), ("at", "count"), ("at", "list")])
    many = grouped.filter(compute.greater(grouped["at_count"], 1))
    for group in many.to_pylist():
        first = places[group["at_min"]]
        yield from (_Spare(*places[at], *first) for at in group["at_list"] if at != group["at_min"])


def _heads(job: Job, part: Part) -> list[dict[str, Any]]:
    columns = ["id", "input"]
    return list(arrow("pyarrow.parquet").read_table(job.reports(part), columns=columns).to_pylist())
