"""Answers kept by content, so that linting or building what did not change costs little more than reading it.

An entry names every file that its value was made from, or stands for, with its hash. It is used only when
every hash still fits, and when archspec itself, its rules, the options and the day are the same. The folder may be
deleted at any time; what cannot be read is made anew.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from archspec.errors import Location
from archspec.findings import Edit, Finding, LocatedHop, Severity

_MARK = b"\xef\xbb\xbf"


def folder() -> Path:
    """Return where entries are kept: `ARCHSPEC_CACHE_DIR`, else archspec's folder in the user's cache.

    Raises `OSError` for a user without a home.
    """
    own = os.environ.get("ARCHSPEC_CACHE_DIR")
    if own:
        return Path(own)
    shared = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(shared) if shared else Path.home() / ".cache") / "archspec"
    except RuntimeError as error:
        raise FileNotFoundError(str(error)) from None


def key(spec: Path, options: Sequence[object]) -> str:
    """Name the entry for a spec under some options, for this archspec and this Python.

    The path counts as it was given, too: that is how findings name their files.
    """
    return _hash(json.dumps([str(spec), str(spec.absolute()), *options, _program()]).encode())


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=20).hexdigest()


def _program() -> str:
    """Identify the code that would answer: each of its files by size and time, and the folder of its dependencies."""
    package = Path(__file__).parent
    parts = [sys.version]
    for top in (package, package.parent / "rules"):
        for root, folders, files in os.walk(top):
            folders[:] = sorted(folders, key=str) if Path(root).name != "__pycache__" else []
            for name in sorted(files):
                if name.endswith((".py", ".yaml", ".json")):
                    state = os.stat(os.path.join(root, name))  # noqa: PTH116, PTH118  pathlib takes four times as long
                    parts.append(f"{name} {state.st_size} {state.st_mtime_ns}")
    libraries = next((path for path in sys.path if path.endswith("site-packages") and Path(path).is_dir()), "")
    if libraries:
        parts.append(str(Path(libraries).stat().st_mtime_ns))
    return "\n".join(parts)


def recall(entry: str) -> Any:  # noqa: ANN401  whatever was kept
    """Return what is kept, as it was given; None where nothing is, or where one of its files has changed since."""
    try:
        seal, _, content = (folder() / f"{entry}.json").read_bytes().partition(b"\n")
        if seal.decode("ascii", "replace") != _hash(content):
            return None  # torn, or not an entry at all
        kept = json.loads(content)
        if any(_hash(_text(Path(file))) != known for file, known in kept["files"].items()):
            return None
    except (OSError, ValueError):
        return None  # what cannot be read is no answer, and it is made anew
    return kept["value"]


def read(entry: str) -> tuple[Finding, ...] | None:
    """Return the kept findings, or None where there are none or a file has changed since."""
    kept = recall(entry)
    return None if kept is None else tuple(_finding(values) for values in kept)


def _text(path: Path) -> bytes:
    """Read a file without the mark that some editors put before UTF-8, as `source` does."""
    return path.read_bytes().removeprefix(_MARK)


def write(entry: str, texts: Iterable[tuple[Path, str]], findings: Iterable[Finding]) -> None:
    """Keep findings with the texts they were made from."""
    keep(entry, ((path, text.encode()) for path, text in texts), list(findings))


def keep(entry: str, files: Iterable[tuple[Path, bytes]], value: Any) -> None:  # noqa: ANN401  whatever JSON holds
    """Keep a value with the files it stands for, by content; a cache that cannot be written is done without."""
    import secrets

    hashes = {str(path.absolute()): _hash(content.removeprefix(_MARK)) for path, content in files}
    content = json.dumps({"files": hashes, "value": value}).encode()
    with suppress(OSError):  # a read-only home or a full disk is no reason to fail
        target = folder() / f"{entry}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_suffix(f".{secrets.token_hex(8)}")
        try:
            temporary.write_bytes(_hash(content).encode() + b"\n" + content)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)


def _finding(values: list[Any]) -> Finding:
    location, rule, name, subject, outcome, severity, message, fix, witness, reference, waiver, known, edits = values
    hops = tuple(
        LocatedHop(v, text, Location(*place) if place else None, code, (tuple(sources), tuple(targets)))
        for v, text, place, code, (sources, targets) in witness
    )
    return Finding(
        Location(*location),
        rule,
        name,
        subject,
        outcome,
        Severity(severity),
        message,
        fix,
        hops,
        reference,
        waiver,
        known,
        tuple(Edit(tuple(path), does, value) for path, does, value in edits),
    )
