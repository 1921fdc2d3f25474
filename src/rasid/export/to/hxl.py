"""CSV with a row of HXL 1.1 tags under the header; several places or parties share a cell, parted by `;`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rasid.export.cells import cell, sheet
from rasid.export.format import Format, Record
from rasid.export.rows import one_kind, row

_SHARED = {"id": "#meta+id", "country": "#country+code+v_iso2", "place_names": "#loc+name+i_ar+list"}
_COUNTED = {
    "sources": "#indicator+sources+independent+num",
    "reports": "#indicator+reports+num",
    "publishers_told": "#meta+source+list",
    "quote_text": "#description+quote+i_ar",
}
TAGS: dict[str, dict[str, str]] = {
    "incident": {
        **_SHARED,
        "type": "#event+type+code",
        "modality": "#event+status+code",
        "start": "#date+start",
        "end": "#date+end",
        "date_precision": "#date+precision+code",
        "lat": "#geo+lat",
        "lon": "#geo+lon",
        "precision": "#geo+precision+code",
        "perpetrators": "#org+perpetrator+i_ar+list",
        "other_parties": "#org+party+i_ar+list",
        "target_kinds": "#impact+target+code+list",
        "weapon_kinds": "#event+weapon+code+list",
        "killed_low": "#affected+killed+min",
        "killed_high": "#affected+killed+max",
        "injured_low": "#affected+injured+min",
        "injured_high": "#affected+injured+max",
        "grade": "#meta+grade+code",
        **_COUNTED,
    },
    "commitment": {
        **_SHARED,
        "kind": "#event+type+code",
        "made": "#date+made",
        "start": "#date+start",
        "until": "#date+end",
        "by_names": "#org+by+i_ar+list",
        "bound_names": "#org+bound+i_ar+list",
        "guarantor_names": "#org+guarantor+i_ar+list",
        "term_states": "#status+terms+list",
        "state": "#status+code",
        "breaches": "#indicator+breaches+apparent+num",
        **_COUNTED,
    },
}


def _write(records: Iterable[Record], path: Path) -> None:
    kind, rest = one_kind(records, "HXL")
    tags = TAGS[kind]
    with sheet(path, tags) as out:
        out.writerow(tags)
        for record in rest:
            told = row(record) | {"publishers_told": "; ".join(record.publishers)}
            out.writerow({k: cell(told[k]) for k in tags})


FORMAT = Format("hxl", ".hxl.csv", "text/csv; charset=utf-8", _write, "HXL")
