import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archspec.errors import UsageError
from archspec.writing import write, write_folder


def refusal(path: Path, content: str | bytes = "new") -> str:
    with pytest.raises(UsageError) as caught:
        write(path, content)
    return str(caught.value).replace(path.as_posix(), "PATH")


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a b" / "c" / "d.txt"

    assert (write(path, "é\n"), path.read_bytes()) == (True, "é\n".encode())


def test_a_file_that_holds_the_same_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("same", encoding="utf-8")
    os.utime(path, (1, 1))

    assert (write(path, "same"), path.stat().st_mtime) == (False, 1)


def test_nothing_but_the_file_is_left_in_the_folder(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "one")
    write(tmp_path / "a.txt", b"two")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.txt": b"two"}


def test_a_new_file_has_the_permissions_that_the_user_gives_new_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write(tmp_path / "a.txt", "one")
    finally:
        os.umask(before)

    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


def test_an_old_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one", encoding="utf-8")
    path.chmod(0o600)
    write(path, "two")

    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("one", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write(tmp_path / "link.txt", "two")

    assert ((tmp_path / "link.txt").is_symlink(), (tmp_path / "real.txt").read_text(encoding="utf-8")) == (True, "two")


def test_a_name_as_long_as_the_system_allows_can_be_written(tmp_path: Path) -> None:
    assert write(tmp_path / ("x" * 255), "one") is True


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "PATH cannot be written: Is a directory; nothing of it was changed"


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    assert refusal(tmp_path / "file" / "a.txt") == "PATH cannot be written: File exists; nothing of it was changed"
    assert (
        refusal(tmp_path / "file" / "b" / "a.txt")
        == "PATH cannot be written: Not a directory; nothing of it was changed"
    )


def test_a_path_that_the_system_refuses_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / ("x" * 300)) == "PATH cannot be written: File name too long; nothing of it was changed"
    assert refusal(tmp_path / "a\0b") == "PATH cannot be written: embedded null byte; nothing of it was changed"


def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    if os.access(tmp_path, os.W_OK):
        pytest.skip("this user may write everywhere")

    assert refusal(tmp_path / "a.txt") == "PATH cannot be written: Permission denied; nothing of it was changed"


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk: writing fails half-way just so."""
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        told = refusal(path, "x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)

    assert told == "PATH cannot be written: File too large; nothing of it was changed"
    assert {one.name: one.read_text(encoding="utf-8") for one in tmp_path.iterdir()} == {"a.txt": "old"}


def test_who_reads_while_others_write_sees_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write(path, "0" * 100_000)
    program = (
        "import sys; from pathlib import Path; from archspec.writing import write\n"
        "for i in range(60): write(Path(sys.argv[1]), str(i % 10) * 100_000)"
    )
    writers = [subprocess.Popen([sys.executable, "-c", program, path], cwd=Path(__file__).parents[1]) for _ in range(2)]
    seen = set[tuple[int, int]]()
    while any(writer.poll() is None for writer in writers):
        text = path.read_text(encoding="utf-8")
        seen.add((len(text), len(set(text))))

    assert ([writer.returncode for writer in writers], seen) == ([0, 0], {(100_000, 1)})
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_is_made_with_just_its_files_and_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "saved"
    write_folder(folder, {"a.json": "1", "b.json": "2"})
    write_folder(folder, {"a.json": "3"})
    assert {one.name: one.read_text() for one in folder.iterdir()} == {"a.json": "3"}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [one.name for one in folder.parent.iterdir()] == ["saved"]


def test_a_folder_that_cannot_be_moved_into_place_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "saved"
    write_folder(folder, {"a.json": "1"})
    replace = Path.replace

    def refused(self: Path, target: Path) -> Path:
        if target == folder and (self / "a.json").read_text() == "2":
            raise OSError(5, "Input/output error")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(UsageError, match="cannot be written: Input/output error; nothing of it was changed"):
        write_folder(folder, {"a.json": "2"})
    assert (folder / "a.json").read_text() == "1"
    assert [one.name for one in tmp_path.iterdir()] == ["saved"]


def test_a_folder_is_not_put_where_a_file_is(tmp_path: Path) -> None:
    (tmp_path / "saved").write_text("mine")
    with pytest.raises(UsageError, match="a file is there"):
        write_folder(tmp_path / "saved", {"a.json": "1"})
    assert (tmp_path / "saved").read_text() == "mine"
