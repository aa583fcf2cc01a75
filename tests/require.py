"""Parts that a test needs and a machine may lack: skipped in plain sight, or demanded where they must be there."""

from __future__ import annotations

import os
from typing import Literal

import pytest

Part = Literal["postgres", "torch", "chromium"]


def require(part: Part, present: bool, reason: str) -> None:  # noqa: FBT001 - reads as a sentence where it is used
    """Skip the running test when `part` is not `present`, saying why.

    Where the environment variable STEPWISE_REQUIRE (comma separated) lists the part, the test fails instead: so the
    machine that must have it cannot pass by skipping.
    """
    if present:
        return
    demanded = {name.strip() for name in os.environ.get("STEPWISE_REQUIRE", "").split(",")}
    if part in demanded:
        pytest.fail(f"{part} is required here, but {reason}", pytrace=False)
    pytest.skip(f"needs {part}: {reason}")
