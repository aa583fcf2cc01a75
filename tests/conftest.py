"""What all tests share."""

from __future__ import annotations

import discord
import pytest
from hypothesis import settings

# The same examples on every machine; `HYPOTHESIS_PROFILE` is left to hypothesis' own options.
settings.register_profile("stepwise", derandomize=True, deadline=None, print_blob=False)
settings.load_profile("stepwise")


@pytest.fixture(autouse=True)
def _without_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do as `run` does: discord.py would warn that voice libraries are missing."""
    monkeypatch.setattr(discord.VoiceClient, "warn_nacl", False)
    monkeypatch.setattr(discord.VoiceClient, "warn_dave", False)
