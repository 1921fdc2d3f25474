"""`rasid schema`: the JSON Schema of a reading."""

from __future__ import annotations

import json

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of a reading (one line of `rasid read --format jsonl`)."""
    from rasid.model.reading import Reading

    click.echo(json.dumps(Reading.model_json_schema(), ensure_ascii=False, indent=2))
