"""The interactive figures of chapter 3."""

from __future__ import annotations

ENTRIES = ()
