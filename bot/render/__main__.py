"""python -m bot.render: draw the shipped pictures anew."""

from __future__ import annotations

from pathlib import Path

DRAWN_WITH = "3.11.2"
"""The version of matplotlib that drew the pictures as they are: another one may round a pixel differently."""

PICTURES = Path(__file__).resolve().parents[2] / "content" / "pictures"


def main(folder: Path = PICTURES) -> None:
    """Write every picture to its place in the folder."""
    from bot.render.drawing import DRAWINGS  # noqa: PLC0415 - so that the names above need no matplotlib

    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in DRAWINGS.items():
        (folder / name).write_bytes(draw())


if __name__ == "__main__":
    main()
