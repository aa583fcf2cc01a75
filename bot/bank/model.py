"""The shape of a pack's files, format version 1.

The models hold what can be said of one value at a time; rules that weigh values against each other stand in `check`.
The text below each field is what an editor shows beside it, and what a problem says when the field is missing.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.core.question import Difficulty, Kind

FORMAT = 1
LEAST_OPTIONS = 3
MOST_OPTIONS = 5

NEEDS = {"code": frozenset({Kind.PREDICT_OUTPUT, Kind.SPOT_BUG}), "picture": frozenset({Kind.READ_PLOT})}
"""Fields without which an item of these kinds cannot be asked."""

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
TOPIC = r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"
NOT_BLANK = r"\S"
PNG = r"\.png$"

Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=60)]
TopicId = Annotated[str, StringConstraints(pattern=TOPIC, max_length=20)]
Text = Annotated[str, StringConstraints(pattern=NOT_BLANK)]
Line = Annotated[str, StringConstraints(pattern=NOT_BLANK, max_length=100)]


def _hide_default(schema: dict[str, Any]) -> None:
    del schema["default"]


# The models only judge: nobody reads a field, so the default stands for "not given" whatever the type. A type of
# `Text | None` would let an empty `code:` pass.
_OPTIONAL: Any = Field(default=None, json_schema_extra=_hide_default)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


def _describe_option(schema: dict[str, Any]) -> None:
    """Tell the editor what goes with a correct option and what with a wrong one."""
    errors = ("misconception", "remark")
    schema["if"] = {"properties": {"correct": {"const": True}}, "required": ["correct"]}
    schema["then"] = {"properties": dict.fromkeys(errors, False)}
    schema["else"] = {"required": list(errors)}


class OptionModel(_Model):
    """One thing a member can choose. Options are shuffled: no text may refer to their letters."""

    model_config = ConfigDict(json_schema_extra=_describe_option)

    id: Slug
    """Names the option for good; never shown."""

    text: Text
    """What members read. Put numbers in quotes."""

    correct: bool = False
    """true on the one right option; leave the line out on all others."""

    misconception: Slug = _OPTIONAL
    """A short name for the error in thinking that leads to this wrong option, such as cut-comes-late."""

    remark: Text = _OPTIONAL
    """What to tell somebody who chose this wrong option: speak to the error behind it."""


class PictureModel(_Model):
    """A picture under the question."""

    file: Annotated[str, StringConstraints(pattern=PNG, max_length=200)]
    """The PNG file, relative to the pack's folder, such as pictures/steps.png."""

    alt: Annotated[str, StringConstraints(pattern=NOT_BLANK, max_length=1000)]
    """What a blind member needs to know of the picture in order to answer."""


def _describe_rules(schema: dict[str, Any]) -> None:
    """Tell the editor the rules between fields that JSON Schema can express."""
    one_correct = {"contains": {"properties": {"correct": {"const": True}}, "required": ["correct"]}}
    schema["properties"]["options"] |= one_correct | {"minContains": 1, "maxContains": 1}
    schema["anyOf"] = [{"required": ["verify"]}, {"required": ["source"]}]
    schema["allOf"] = [
        {
            "if": {"properties": {"kind": {"enum": sorted(kinds)}}, "required": ["kind"]},
            "then": {"required": [field]},
        }
        for field, kinds in NEEDS.items()
    ]


class ItemModel(_Model):
    """A question with its options and its worked solution."""

    model_config = ConfigDict(json_schema_extra=_describe_rules)

    id: Slug
    """Names the item for good, such as steplr-third-epoch; never change it once the item was asked."""

    topic: TopicId
    """The id of its topic: a built-in one (T01 to T20) or one that the pack names."""

    difficulty: Annotated[Difficulty, Field(strict=False)]
    """easy (10 points), medium (20) or hard (30)."""

    kind: Annotated[Kind, Field(strict=False)]
    """What the member does: concept, predict_output, spot_bug, numeric, order or read_plot."""

    stem: Text
    """The question itself. It should be answerable with the options covered."""

    code: Text = _OPTIONAL
    """Python shown below the stem. predict_output and spot_bug need it."""

    picture: PictureModel = _OPTIONAL
    """A picture below the stem. read_plot needs it."""

    options: Annotated[list[OptionModel], Field(min_length=LEAST_OPTIONS, max_length=MOST_OPTIONS)]
    """Three to five options, exactly one of them correct."""

    hint: Text
    """A nudge that does not give the answer away; opening it halves the points."""

    steps: Annotated[list[Text], Field(min_length=1)]
    """The worked solution, a step a line."""

    answer: Text
    """The final answer, in one sentence or number."""

    quick_check: Text
    """How to see within seconds that the answer is right."""

    mistakes: Annotated[list[Text], Field(min_length=1)]
    """Mistakes people make here, one a line."""

    source: Annotated[str, StringConstraints(pattern=NOT_BLANK, max_length=300)] = _OPTIONAL
    """Where a fact comes from that is not computed; no link. An item has this, or verify, or both."""

    verify: Text = _OPTIONAL
    """Python that computes the answer: the last line it prints is the text or the id of the correct option."""


class PackModel(_Model):
    """Who made the pack, and what its own topics are called."""

    title: Line
    """What the pack is called."""

    author: Line
    """Who wrote it; a pen name will do."""

    licence: Line
    """Under which licence others may use it, such as CC-BY-4.0."""

    version: Annotated[str, StringConstraints(pattern=NOT_BLANK, max_length=20)]
    """The pack's own version, such as 1.0.0. Put it in quotes if it has fewer than two dots."""

    topics: dict[TopicId, Annotated[str, StringConstraints(pattern=NOT_BLANK, max_length=60)]] = _OPTIONAL
    """Names for topics that are not built in, by their ids. Topics are asked in the order of their ids."""


class FileModel(_Model):
    """A file of a Stepwise question pack."""

    format: Literal[1]
    """The version of this format: 1."""

    pack: PackModel = _OPTIONAL
    """Who made the pack; in exactly one of its files."""

    items: list[ItemModel] = _OPTIONAL
    """The questions."""
