"""What several environments have alike is told once."""

import pytest

from archspec.comments.repeats import once_each

NAMES = ("beta", "staging")


def told(*texts: str) -> list[tuple[str, tuple[str, ...]]]:
    return once_each(texts, NAMES, lambda text: ("", text))


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ((), []),
        (("beta/db is open", "staging/db is open"), [("beta/db is open", ("staging",))]),
        (("beta/a -> beta/b", "staging/a -> staging/b"), [("beta/a -> beta/b", ("staging",))]),
        (("beta/a is open", "staging/b is open"), [("beta/a is open", ()), ("staging/b is open", ())]),
        (("db is open", "db is open"), [("db is open", ()), ("db is open", ())]),
        (("beta/a", "beta/a", "staging/a"), [("beta/a", ("staging",)), ("beta/a", ())]),
        (("not-beta/a", "not-staging/a"), [("not-beta/a", ()), ("not-staging/a", ())]),
    ],
)
def test_the_first_is_told_with_the_names_of_the_others(
    texts: tuple[str, ...], found: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert told(*texts) == found


def test_without_environments_everything_is_told() -> None:
    assert once_each(["beta/a", "staging/a"], (), lambda text: ("", text)) == [("beta/a", ()), ("staging/a", ())]


def test_what_differs_in_anything_else_is_told_by_itself() -> None:
    assert once_each(["beta/a", "staging/a"], NAMES, lambda text: (text, text)) == [("beta/a", ()), ("staging/a", ())]
