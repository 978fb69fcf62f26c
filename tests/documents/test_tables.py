from archspec.documents.tables import align


def test_columns_are_lined_up_and_figures_stand_right() -> None:
    assert align("a\n| x | n |\n| --- | ---: |\n| long | 1 |\n| – | 100 |\nb") == (
        "a\n| x    |   n |\n| ---- | --: |\n| long |   1 |\n| –    | 100 |\nb"
    )


def test_one_long_cell_pulls_no_others_along() -> None:
    long = "x" * 49
    assert align(f"| a |\n| --- |\n| {long} |") == f"| a   |\n| --- |\n| {long} |"


def test_an_escaped_bar_ends_no_cell() -> None:
    assert align("| a |\n| --- |\n| b\\|c |") == "| a    |\n| ---- |\n| b\\|c |"


def test_a_fence_is_left_alone() -> None:
    assert align("```\n| a |\n|b|\n```") == "```\n| a |\n|b|\n```"


def test_a_longer_fence_ends_with_as_many_backticks() -> None:
    text = "````\n```\n| a |\n|b|\n```\n````\n| long |\n| --- |\n| a |"
    assert align(text) == "````\n```\n| a |\n|b|\n```\n````\n| long |\n| ---- |\n| a    |"
