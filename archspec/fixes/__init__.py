"""Safe fixes: what findings and problems offer to change in a spec, tried on its text before anything is written.

A fix is taken only where the spec is read again afterwards, what was fixed is gone, and nothing new is found: in the
whole spec, by all rules, and in every environment that is only planned.
"""

from archspec.fixes.checking import Terms
from archspec.fixes.trying import Outcome, fix

__all__ = ["Outcome", "Terms", "fix"]
