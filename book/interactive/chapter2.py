"""The interactive figures of chapter 2."""

from __future__ import annotations

ENTRIES = ()
