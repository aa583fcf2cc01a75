"""The shipped pictures are what the code draws, and what the code draws is what PyTorch does."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.render import curve
from bot.render.__main__ import DRAWN_WITH, PICTURES, main
from tests.require import require

matplotlib = pytest.importorskip("matplotlib", reason="pictures are drawn with matplotlib")

from bot.render.drawing import DRAWINGS  # noqa: E402 - it needs matplotlib


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all pictures, drawn just now."""
    folder = tmp_path_factory.mktemp("drawn") / "pictures"
    main(folder)
    return folder


def test_all_pictures_are_drawn_and_no_others_are_shipped(drawn: Path) -> None:
    assert {file.name for file in drawn.iterdir()} == set(DRAWINGS) == {file.name for file in PICTURES.iterdir()}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_shipped_picture_is_drawn_anew_byte_for_byte(name: str, drawn: Path) -> None:
    if matplotlib.__version__ != DRAWN_WITH:
        pytest.skip(f"the pictures were drawn with matplotlib {DRAWN_WITH}, here is {matplotlib.__version__}")
    assert (drawn / name).read_bytes() == (PICTURES / name).read_bytes(), "run python -m bot.render"


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_picture_is_800_by_450_and_tells_nothing_of_its_making(name: str) -> None:
    data = (PICTURES / name).read_bytes()
    assert struct.unpack(">II", data[16:24]) == (800, 450)
    assert b"tEXt" not in data
    assert b"tIME" not in data


def schedule(make: Callable[[Any], Any], steps: int) -> list[float]:
    """Return the rates that updates use under a scheduler of PyTorch's."""
    require("torch", find_spec("torch") is not None, "torch is not installed")
    with warnings.catch_warnings():
        import torch  # noqa: PLC0415 - seconds that only these tests need

        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
        scheduler = make(optimizer)
        used = []
        for _ in range(steps):
            used.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
    return used


def test_the_curves_are_those_of_pytorch() -> None:
    done = np.arange(24, dtype=np.float64)

    def scheduler(name: str, **arguments: float) -> Callable[[Any], Any]:
        def make(optimizer: Any) -> Any:  # noqa: ANN401 - torch may not be here
            import torch  # noqa: PLC0415

            return getattr(torch.optim.lr_scheduler, name)(optimizer, **arguments)

        return make

    for drawn, real in (
        (curve.cosine(0.1, 8, done), schedule(scheduler("CosineAnnealingLR", T_max=8), 24)),
        (curve.restarted(0.1, 8, done), schedule(scheduler("CosineAnnealingWarmRestarts", T_0=8), 24)),
        (curve.halved(0.1, 2, done), schedule(scheduler("StepLR", step_size=2, gamma=0.5), 24)),
    ):
        assert np.allclose(drawn, real, rtol=1e-6, atol=1e-12)


@pytest.mark.parametrize("lr", [0.02, 0.2, 0.45, 0.51])
def test_losses_are_those_of_gradient_descent(lr: float) -> None:
    w, seen = 1.0, []
    for _ in range(31):
        seen.append(2 * w**2)
        w -= lr * 4 * w
    assert np.allclose(curve.losses(lr, 30), seen, rtol=1e-9, atol=0)
