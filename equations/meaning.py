"""What a parsed expression means: the front door of the rules."""

from equations import arithmetic, operators
from equations.rules import RULES, value

__all__ = ["RULES", "arithmetic", "operators", "value"]
