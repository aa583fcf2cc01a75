"""How hypothesis behaves here: the same examples everywhere, and few enough for every push."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("core", derandomize=True, deadline=None, print_blob=False, max_examples=100)
settings.load_profile("core")
