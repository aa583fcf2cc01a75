"""python -m bot.render: draw the shipped pictures anew."""

from __future__ import annotations

from pathlib import Path

from bot.render.drawing import DRAWINGS

PICTURES = Path(__file__).resolve().parents[2] / "content" / "pictures"


def main() -> None:
    """Write every picture to its place."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, draw in DRAWINGS.items():
        (PICTURES / name).write_bytes(draw())


if __name__ == "__main__":
    main()
