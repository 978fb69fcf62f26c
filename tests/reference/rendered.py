"""The schema as it is printed, and that of a part: rendered once for all tests."""

import json

from archspec.reference.schema import render

SCHEMA = json.loads(render())
PART = json.loads(render(part=True))
