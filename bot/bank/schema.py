"""The shape of a pack's files as JSON Schema, by which editors complete and check while somebody types.

`python -m bot.bank.schema [FILE]` writes it; without FILE, to docs/pack.schema.json.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from bot.bank.model import NOT_BLANK, PNG, TOPIC, FileModel
from bot.bank.text import SCHEMA_PATTERN

Schema = dict[str, Any]

WRITTEN = Path(__file__).resolve().parents[2] / "docs" / "pack.schema.json"
OUTSIDE = r"^/|\\|(?:^|/)\.\.(?:/|$)"
"""A path that leads out of the pack."""


def build() -> Schema:
    """Return the schema. It refuses what the loader refuses, as far as JSON Schema can say it."""
    schema = FileModel.model_json_schema()
    _refine(schema)
    for choice in ("Difficulty", "Kind"):  # where they are used, the key itself says what they mean
        del schema["$defs"][choice]["description"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Stepwise question pack"}


def text() -> str:
    """Return the schema as it is written to a file."""
    return json.dumps(build(), ensure_ascii=False, indent=2) + "\n"


def _refine(schema: Schema) -> None:
    """Take out the titles that pydantic makes of names, and put in what it cannot say of texts and keys."""
    schema.pop("title", None)
    if schema.get("pattern") == NOT_BLANK:
        schema["not"] = {"pattern": SCHEMA_PATTERN}
    elif schema.get("pattern") == PNG:
        schema["not"] = {"pattern": OUTSIDE}
    if TOPIC in schema.get("patternProperties", {}):
        schema["additionalProperties"] = False
    for named in ("$defs", "properties", "patternProperties"):
        for below in schema.get(named, {}).values():
            _refine(below)
    if "items" in schema:
        _refine(schema["items"])


def main(arguments: list[str]) -> None:
    """Write the schema to the file named, if any."""
    target = Path(arguments[0]) if arguments else WRITTEN
    target.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
