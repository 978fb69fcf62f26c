"""Files and folders written whole or not at all: under another name beside the target, then moved into place."""

import errno
import os
import secrets
import shutil
from collections.abc import Mapping
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


def write_folder(path: Path, files: Mapping[str, str]) -> None:
    """Make a folder that holds just these files, for nobody but its owner, instead of what is there.

    Raises `UsageError` where the file system refuses; then what was there still is.
    """
    try:
        target = Path(os.path.realpath(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not target.is_dir():
            raise FileExistsError(errno.EEXIST, "a file is there")
        _replace_folder(target, files)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", "") or str(error)
        raise UsageError(f"{path.as_posix()} cannot be written: {reason}; nothing of it was changed") from None


def _replace_folder(target: Path, files: Mapping[str, str]) -> None:
    temporary, before = (target.with_name(f".archspec-{secrets.token_hex(8)}") for _ in range(2))
    temporary.mkdir(mode=0o700)
    try:
        for name, content in files.items():
            (temporary / name).write_bytes(content.encode())
        if target.exists():
            target.replace(before)
        try:
            temporary.replace(target)
        except BaseException:
            if before.exists():
                before.replace(target)
            raise
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    shutil.rmtree(before, ignore_errors=True)
