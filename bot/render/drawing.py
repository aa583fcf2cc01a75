"""The pictures that come with the questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from bot.render import chart, curve

BASE = 0.1
Drawing = Callable[[], bytes]


def four_losses() -> bytes:
    """Draw the loss of gradient descent on 2w² at four learning rates: slow, fast, overshooting, diverging."""
    drawn = chart.axes("step", "loss (log scale)")
    steps = 30
    lines = (
        ("P", 0.02, chart.BLUE, chart.SOLID, (24, 0.17)),
        ("Q", 0.2, chart.ORANGE, chart.DASHED, (5.9, 4e-7)),
        ("R", 0.45, chart.GREEN, chart.MIXED, (20, 1.6e-3)),
        ("S", 0.51, chart.PURPLE, chart.DOTTED, (24, 70)),
    )
    for text, lr, color, dashes, at in lines:
        drawn.plot(np.arange(steps + 1), curve.losses(lr, steps), color=color, linestyle=dashes, linewidth=3.5)
        chart.name(drawn, text, at, color)
    drawn.set_yscale("log")
    drawn.set_ylim(1e-8, 3e2)
    drawn.set_yticks([1e-8, 1e-6, 1e-4, 1e-2, 1, 1e2])
    drawn.minorticks_off()
    drawn.set_xlim(0, steps)
    return chart.png(drawn)


def used_and_printed() -> bytes:
    """Draw the rate that six epochs used, and the one printed after the scheduler's step at the end of each."""
    drawn = chart.axes("epoch", "learning rate")
    epochs = 6
    edges = np.arange(epochs + 1) + 0.5
    done = np.arange(epochs, dtype=np.float64)
    drawn.stairs(curve.halved(BASE, 2, done), edges, baseline=None, color=chart.BROAD, linewidth=9)
    printed = curve.halved(BASE, 2, done + 1)
    drawn.stairs(printed, edges, baseline=None, color=chart.NARROW, linewidth=3, linestyle=chart.DASHED)
    chart.name(drawn, "used", (2.1, 0.108), chart.BLUE)
    chart.name(drawn, "printed", (1.95, 0.043), chart.NARROW)
    drawn.set_xlim(0.5, epochs + 0.5)
    drawn.set_ylim(0, 0.118)
    drawn.set_yticks(values := [0.0125, 0.025, 0.05, 0.1], [f"{value:g}" for value in values])
    return chart.png(drawn)


def past_the_minimum() -> bytes:
    """Draw two cosine schedules beyond their first minimum: one climbs back, one jumps."""
    drawn = chart.axes("step", "learning rate")
    length, steps = 8, 24
    done = np.arange(steps, dtype=np.float64)
    drawn.plot(done, curve.cosine(BASE, length, done), color=chart.BROAD, linewidth=8, marker="o", markersize=10)
    drawn.plot(
        done,
        curve.restarted(BASE, length, done),
        color=chart.NARROW,
        linestyle=chart.DASHED,
        linewidth=2.5,
        marker="s",
        markersize=5,
    )
    chart.name(drawn, "P and Q", (1.9, 0.036), chart.INK)
    chart.name(drawn, "P", (11.2, 0.011), chart.BLUE)
    chart.name(drawn, "Q", (10.3, 0.1), chart.NARROW)
    chart.name(drawn, "P and Q", (18.3, 0.036), chart.INK)
    drawn.set_xlim(-0.5, steps - 0.5)
    drawn.set_xticks(range(0, steps, 4))
    drawn.set_ylim(-0.004, 0.11)
    drawn.set_yticks(values := [0, 0.025, 0.05, 0.075, 0.1], [f"{value:g}" for value in values])
    return chart.png(drawn)


DRAWINGS: Mapping[str, Drawing] = {
    "four-losses.png": four_losses,
    "used-and-printed.png": used_and_printed,
    "past-the-minimum.png": past_the_minimum,
}
"""All pictures by their file names."""
