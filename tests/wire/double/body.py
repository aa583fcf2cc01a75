"""What a request carries: JSON, or a form with JSON and files."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from tests.wire.double.problem import refusal

Json = dict[str, Any]


@dataclass
class Upload:
    """One file of a form."""

    filename: str
    data: bytes
    content_type: str


@dataclass
class Body:
    """The JSON and the files, these by their number in the form."""

    json: Any = None
    files: dict[int, Upload] = field(default_factory=dict)

    @property
    def fields(self) -> Json:
        """The JSON where it is an object."""
        return self.json if isinstance(self.json, dict) else {}


async def read(request: web.Request) -> Body:
    """Read the body, or refuse it as Discord would."""
    if not request.can_read_body:
        return Body()
    if request.content_type == "multipart/form-data":
        return await _form(request)
    raw = await request.read()
    if not raw:
        return Body()
    if request.content_type != "application/json":
        raise refusal(50035, f"content type {request.content_type}, expected application/json")
    return Body(_parse(raw))


async def _form(request: web.Request) -> Body:
    body = Body()
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader):
            continue
        data = bytes(await part.read())
        name = part.name or ""
        if name == "payload_json":
            body.json = _parse(data)
        elif name.startswith("files[") and name.endswith("]"):
            body.files[int(name[6:-1])] = Upload(part.filename or "file", data, _kind(part.filename or ""))
    return body


def _parse(raw: bytes) -> Any:  # noqa: ANN401  -- JSON is whatever came
    try:
        return json.loads(raw)
    except ValueError as error:
        raise refusal(50109, str(error)) from None


def _kind(filename: str) -> str:
    suffix = filename.rpartition(".")[2].lower()
    known = {"png": "image/png", "jpg": "image/jpeg", "json": "application/json", "txt": "text/plain"}
    return known.get(suffix, "application/octet-stream")
