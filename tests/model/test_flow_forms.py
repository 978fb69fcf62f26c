"""Ways to write a flow, and classes of databases and caches."""

import pytest

from archspec.errors import SpecError
from archspec.importers import spec

HEADER = "archspec: 1\nname: sample\nregion: us-east-1\nnetwork: {vpcs: {main: {cidr: 10.0.0.0/16}}}\n"


def test_a_flow_in_quotes_is_the_same_flow() -> None:
    plain, quoted = (
        spec.parse(f"{HEADER}flows:\n  - {text}\n").architecture.flows
        for text in ("internet -> main: 443 HTTPS (in)", '"internet -> main: 443 HTTPS (in)"')
    )

    assert plain == quoted


@pytest.mark.parametrize("found", ["t4g.small", "db", "db.", "cache.t3.micro", "db.T4G"])
def test_a_class_names_what_it_is_a_class_of(found: str) -> None:
    text = (
        HEADER.replace("}}}\n", "}}, subnets: {a: {az: us-east-1a, tier: data, cidr: 10.0.0.0/24}}}\n")
        + f"data: {{databases: {{db: {{engine: mysql, class: {found}, subnets: [a], security_groups: []}}}}}}\n"
    )
    with pytest.raises(SpecError) as caught:
        spec.parse(text)

    assert [one.message for one in caught.value.problems] == [
        f"'class': expected a class such as db.t4g.medium; found '{found}'"
    ]
