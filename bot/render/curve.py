"""The numbers behind the pictures."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Series = NDArray[np.float64]


def losses(lr: float, steps: int) -> Series:
    """Return the loss before each step of plain gradient descent on 2w² from w = 1, and after the last one."""
    w = (1 - 4 * lr) ** np.arange(steps + 1)
    return np.asarray(2 * w**2, dtype=np.float64)


def halved(base: float, every: int, done: Series) -> Series:
    """Return what StepLR with gamma 0.5 gives after so many of its steps."""
    return np.asarray(base * 0.5 ** (done // every), dtype=np.float64)


def cosine(base: float, length: int, done: Series) -> Series:
    """Return what CosineAnnealingLR with T_max `length` gives after so many of its steps, past T_max too."""
    return np.asarray(base * (1 + np.cos(np.pi * done / length)) / 2, dtype=np.float64)


def restarted(base: float, length: int, done: Series) -> Series:
    """Return what CosineAnnealingWarmRestarts with T_0 `length` gives after so many of its steps."""
    return cosine(base, length, done % length)
