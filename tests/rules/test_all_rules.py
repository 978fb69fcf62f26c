"""What all rules say together of one spec in which much is wrong, so that no rule begins to say more unseen."""

from pathlib import Path

from archspec import api
from archspec.reporters import text
from archspec.reporters.report import of
from tests.conftest import Golden
from tests.sample import TODAY

SPEC = Path(__file__).parent / "much_is_wrong.yaml"


def test_all_rules_together_say_what_they_said(golden: Golden) -> None:
    system = api.parse(SPEC.read_text(encoding="utf-8"), SPEC.name, TODAY)

    golden("golden/all_rules.txt", text.report(of(api.check(system).findings, info=True)))
