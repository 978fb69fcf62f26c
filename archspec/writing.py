"""Files written whole or not at all: into a temporary file beside the target, then moved into place."""

import os
import secrets
from pathlib import Path

from archspec.errors import UsageError


def write(path: Path, content: str | bytes) -> bool:
    """Write `content` to `path`, making its folder; return whether anything changed.

    A file that holds the same bytes already is left alone, a link is followed, and permissions stay. Raises
    `UsageError` where the file system refuses.
    """
    wanted = content.encode() if isinstance(content, str) else content
    try:
        target = Path(os.path.realpath(path))
        if target.is_file() and target.read_bytes() == wanted:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, wanted)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", "") or str(error)
        raise UsageError(f"{path.as_posix()} cannot be written: {reason}; nothing of it was changed") from None
    return True


def _replace(target: Path, wanted: bytes) -> None:
    temporary = target.with_name(f".archspec-{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as opened:
            opened.write(wanted)
        if target.is_file():
            temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
