"""How every picture looks: one size, one ground of its own, lines told apart by dashes as well as by colour.

Discord shows pictures on dark and light grounds and scales them down on telephones: hence a light card with a border,
large letters, thick lines, and names at the lines instead of a legend.
"""

from __future__ import annotations

from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

WIDTH, HEIGHT, DPI = 800, 450, 100

PAPER = "#fbfbfd"
INK = "#22242b"
GRID = "#d9dce3"
BLUE, ORANGE, GREEN, PURPLE = "#005f9e", "#b84a00", "#00734f", "#8a2f7f"

BROAD, NARROW = "#4a94cd", "#7a2500"
"""For two lines that partly run together: a broad pale one, and a narrow dark one in dashes on top of it."""

SOLID, DASHED, DOTTED, MIXED = "-", (0, (4, 2)), (0, (1, 1.2)), (0, (5, 1.5, 1, 1.5))

LETTERS = 14
NAMES = 17


def axes(x: str, y: str) -> Axes:
    """Return empty axes of a new picture, with what they measure."""
    figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=PAPER, edgecolor=GRID, linewidth=4)
    FigureCanvasAgg(figure)
    figure.subplots_adjust(left=0.14, right=0.965, bottom=0.155, top=0.955)
    drawn = figure.add_subplot(facecolor=PAPER)
    drawn.set_xlabel(x, fontsize=LETTERS, color=INK, labelpad=6)
    drawn.set_ylabel(y, fontsize=LETTERS, color=INK, labelpad=8)
    drawn.tick_params(labelsize=LETTERS - 1, colors=INK, length=5, width=1.2)
    drawn.grid(visible=True, color=GRID, linewidth=1)
    drawn.set_axisbelow(True)
    drawn.spines[["top", "right"]].set_visible(False)
    drawn.spines[["left", "bottom"]].set(color=INK, linewidth=1.2)
    return drawn


def name(drawn: Axes, text: str, at: tuple[float, float], color: str) -> None:
    """Write a line's name beside it, on a patch of ground so that no other line runs through it."""
    ground = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}
    drawn.text(*at, text, color=color, fontsize=NAMES, fontweight="bold", ha="center", va="center", bbox=ground)


def png(drawn: Axes) -> bytes:
    """Return the picture as a PNG that says nothing of when or by what it was made."""
    buffer = BytesIO()
    drawn.get_figure(root=True).savefig(buffer, format="png", metadata={"Software": None})  # type: ignore[union-attr]
    return buffer.getvalue()
