"""`python -m archspec`, and the `archspec` command."""

import gc
import os
import sys
from types import ModuleType, SimpleNamespace
from typing import cast


def main() -> None:
    """Run the command line and exit with its status."""
    # One command is one short life: what the collector finds in it is not worth a tenth of the time of a lint.
    gc.disable()
    # archspec uses no pydantic plug-in. Looking for one reads the metadata of every installed package, and what would
    # look takes 8 ms to import even where it may not: something that finds none stands in its place.
    sys.modules["pydantic.plugin._loader"] = cast("ModuleType", SimpleNamespace(get_plugins=tuple))
    from archspec.cli import run

    status = run(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # Freeing millions of objects one by one takes a second after a large lint, and nobody is left to use them.
    os._exit(status)


if __name__ == "__main__":
    main()
