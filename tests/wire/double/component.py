"""The rules for buttons, selects and the parts of a Components V2 message."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
Problem = tuple[str, str]

ROW, BUTTON, SELECT, INPUT, SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = (
    *(1, 2, 3, 4),
    *(9, 10, 11, 12, 13, 14, 17),
)
LABEL = 18
SELECTS = frozenset({3, 5, 6, 7, 8})
ONLY_V2 = frozenset({SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER})
IN_CONTAINER = frozenset({ROW, TEXT, SECTION, GALLERY, SEPARATOR, FILE})
TOP_V2 = IN_CONTAINER | {CONTAINER}
LINK, PREMIUM = 5, 6


def walk(components: list[Json], path: str = "components") -> Iterator[tuple[str, Json]]:
    """Every component with its path, the nested ones too."""
    for index, component in enumerate(components):
        here = f"{path}.{index}"
        yield here, component
        yield from walk(component.get("components") or [], f"{here}.components")
        for key in ("accessory", "component"):
            if isinstance(component.get(key), dict):
                yield from walk([component[key]], f"{here}.{key}")


def texts(components: list[Json]) -> list[str]:
    """Every text display's words, in order."""
    return [str(component.get("content", "")) for _, component in walk(components) if component.get("type") == TEXT]


def number(components: list[Json]) -> list[Json]:
    """Give each component without an id the next free one, as Discord does."""
    for index, (_, component) in enumerate(walk(components), 1):
        if not component.get("id"):
            component["id"] = index
    return components


def check(components: list[Json], *, v2: bool, files: frozenset[str]) -> Iterator[Problem]:
    """What is wrong with a message's components."""
    flat = list(walk(components))
    if v2:
        if len(flat) > 40:
            yield "components", f"the total number of components must be 40 or fewer, not {len(flat)}"
        size = sum(map(len, texts(components)))
        if size > 4000:
            yield "components", f"the text displays must hold 4000 or fewer characters in all, not {size}"
    elif len(components) > 5:
        yield "components", "must be 5 or fewer action rows"
    for index, component in enumerate(components):
        allowed = TOP_V2 if v2 else {ROW}
        if component.get("type") not in allowed:
            yield f"components.{index}.type", f"value must be one of {sorted(allowed)}"
    seen: set[str] = set()
    for path, component in flat:
        yield from _one(path, component, files)
        custom_id = component.get("custom_id")
        if custom_id is not None and custom_id in seen:
            yield f"{path}.custom_id", "component custom id cannot be duplicated"
        seen.add(str(custom_id))


def _one(path: str, component: Json, files: frozenset[str]) -> Iterator[Problem]:
    kind = component.get("type")
    if kind in SELECTS:
        yield from _select(path, component)
    elif kind in {GALLERY, THUMBNAIL, FILE}:
        yield from _media(path, component, files)
    elif kind in CHECKS:
        yield from CHECKS[kind](path, component)
    elif kind != SEPARATOR:
        yield f"{path}.type", f"{kind} is no component of a message"


def _text(path: str, component: Json) -> Iterator[Problem]:
    yield from _length(path, component, "content", 1, 4000)


def _section(path: str, component: Json) -> Iterator[Problem]:
    if not 1 <= len(component.get("components", [])) <= 3:
        yield f"{path}.components", "must be between 1 and 3 in length"
    if not isinstance(component.get("accessory"), dict):
        yield f"{path}.accessory", "this field is required"


def _container(path: str, component: Json) -> Iterator[Problem]:
    children = component.get("components", [])
    if not children:
        yield f"{path}.components", "this field is required"
    if any(child.get("type") not in IN_CONTAINER for child in children):
        yield f"{path}.components", f"types must be among {sorted(IN_CONTAINER)}"


def _row(path: str, component: Json) -> Iterator[Problem]:
    kinds = [child.get("type") for child in component.get("components", [])]
    buttons = all(kind == BUTTON for kind in kinds) and 1 <= len(kinds) <= 5
    if not (buttons or (len(kinds) == 1 and kinds[0] in SELECTS)):
        yield f"{path}.components", "must be 1 to 5 buttons or one select"


def _button(path: str, component: Json) -> Iterator[Problem]:
    style = component.get("style")
    if style not in range(1, 7):
        yield f"{path}.style", "value must be one of 1 to 6"
    if component.get("label") is not None:
        yield from _length(path, component, "label", 0, 80)
    if not component.get("label") and not component.get("emoji") and style != PREMIUM:
        yield path, "a button must have a label or an emoji"
    if style == LINK:
        yield from _length(path, component, "url", 1, 512)
        if "custom_id" in component:
            yield f"{path}.custom_id", "a link button has no custom_id"
    elif style != PREMIUM:
        yield from _length(path, component, "custom_id", 1, 100)


def _select(path: str, component: Json) -> Iterator[Problem]:
    yield from _length(path, component, "custom_id", 1, 100)
    if len(component.get("placeholder") or "") > 150:
        yield f"{path}.placeholder", "must be 150 or fewer in length"
    if component["type"] != SELECT:
        return
    options = component.get("options", [])
    if not 1 <= len(options) <= 25:
        yield f"{path}.options", "must be between 1 and 25 in length"
    for index, option in enumerate(options):
        for key in ("label", "value"):
            yield from _length(f"{path}.options.{index}", option, key, 1, 100)
        if len(option.get("description") or "") > 100:
            yield f"{path}.options.{index}.description", "must be 100 or fewer in length"
    if len({option.get("value") for option in options}) != len(options):
        yield f"{path}.options", "option values must be unique"


def _media(path: str, component: Json, files: frozenset[str]) -> Iterator[Problem]:
    items = component.get("items", [])
    if component["type"] == GALLERY and not 1 <= len(items) <= 10:
        yield f"{path}.items", "must be between 1 and 10 in length"
    parts = items if component["type"] == GALLERY else [component]
    for part in parts:
        url = str((part.get("media") or part.get("file") or {}).get("url", ""))
        if url.startswith("attachment://") and url.removeprefix("attachment://") not in files:
            yield path, f"{url} names no uploaded file"
        if not url.startswith(("attachment://", "http://", "https://")):
            yield path, f"scheme of {url!r} must be one of http, https, attachment"
        if len(part.get("description") or "") > 1024:
            yield f"{path}.description", "must be 1024 or fewer in length"


def _length(path: str, value: Json, key: str, least: int, most: int) -> Iterator[Problem]:
    text = value.get(key)
    if not isinstance(text, str):
        yield f"{path}.{key}", "this field is required"
    elif not least <= len(text) <= most:
        yield f"{path}.{key}", f"must be between {least} and {most} in length, not {len(text)}"


CHECKS = {ROW: _row, BUTTON: _button, TEXT: _text, SECTION: _section, CONTAINER: _container}
