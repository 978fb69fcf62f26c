"""Environments: what they share stands in each of them, with what each says itself laid over it."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec import api
from archspec.errors import SpecError, UsageError
from archspec.importers import spec
from archspec.importers.spec import environments
from archspec.importers.spec.expansion import Expanded
from archspec.model.environment import Difference
from archspec.source import Source
from tests.sample import HEADER, TODAY

TEXT = (
    HEADER
    + """\
environments:
  staging: {stage: staging, purpose: testing}
  beta:
    title: Beta
    compute: {services: {web: {cpu: 1024, memory: 4096, scaling: {max: 9}}, worker: ~}}
    observability: {alarms: {hot: {metric: CPU, watches: [web], threshold: "> 85%"}}}
    flows:
      - internet -> web: 80
shared:
  edge: {zones: {dns: {domain: shop.example}}}
  data: {buckets: {files: {readers: [web]}}}
  flows:
    - internet -> staging/web: 80
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {ingress: [{from: sg, port: 80}, {from: 10.0.0.0/16, port: 22}]}}
compute:
  services:
    web: {cpu: 512, memory: 1024, port: 80, scaling: {min: 1, max: 2}, subnets: [a], security_groups: [sg]}
    worker: {subnets: [a], security_groups: [sg]}
flows:
  - web -> web: 80 HTTP
cost:
  lines: [{resource: web, covers: [web, worker, files], amount: $10}]
claims:
  - {says: beta is large, about: beta/web, assert: "services['beta/web'].cpu == 1024"}
  - {says: three, assert: "size(services) == 3 && size(services.filter(s, s.environment == 'staging')) == 2"}
"""
)


@pytest.fixture(scope="module")
def loaded() -> spec.Loaded:
    """Return the sample as it is loaded."""
    return spec.parse(TEXT, "shop.yaml")


def places(loaded: spec.Loaded, *path: str | int) -> int:
    """Return the line of a value."""
    return loaded.source.locate(path).line


def line(text: str) -> int:
    """Return the number of the first line that holds a text."""
    return next(i for i, found in enumerate(TEXT.splitlines(), 1) if text in found)


def test_what_they_share_stands_in_each_and_what_is_shared_stands_once(loaded: spec.Loaded) -> None:
    assert list(loaded.architecture.elements) == [
        "internet", "staging/main", "beta/main", "staging/a", "beta/a", "staging/sg", "beta/sg",
        "staging/web", "staging/worker", "beta/web", "files", "dns", "beta/hot",
    ]  # fmt: skip


def test_an_overlay_changes_the_keys_that_it_names_at_any_depth(loaded: spec.Loaded) -> None:
    services = loaded.architecture.compute.services
    sizes = {id_: (one.cpu, one.memory, one.scaling and one.scaling.max) for id_, one in services.items()}

    assert sizes == {
        "staging/web": (512, 1024, 2),
        "staging/worker": (None, None, None),
        "beta/web": (1024, 4096, 9),
    }


def test_a_value_is_found_where_it_was_written(loaded: spec.Loaded) -> None:
    web = ("compute", "services", "beta/web")

    assert (places(loaded, *web), places(loaded, *web, "cpu"), places(loaded, *web, "scaling", "max")) == (
        line("web: {cpu: 512"),
        line("web: {cpu: 1024"),
        line("web: {cpu: 1024"),
    )
    assert (places(loaded, *web, "subnets", 0), places(loaded, "observability", "alarms", "beta/hot")) == (
        line("web: {cpu: 512"),
        line("hot:"),
    )


def test_an_id_means_the_element_of_the_same_environment(loaded: spec.Loaded) -> None:
    whole = loaded.architecture
    beta = whole.compute.services["beta/web"]

    assert (beta.subnets, beta.security_groups) == (("beta/a",), ("beta/sg",))
    assert [rule.peer for rule in whole.network.security_groups["staging/sg"].ingress] == ["staging/sg", "10.0.0.0/16"]
    assert whole.observability.alarms["beta/hot"].watches == ("beta/web",)


def test_in_a_list_of_what_stands_once_an_id_means_the_element_of_every_environment(loaded: spec.Loaded) -> None:
    whole = loaded.architecture

    assert whole.cost.lines[0].covers == ("staging/web", "beta/web", "staging/worker", "files")
    assert whole.data.buckets["files"].readers == ("staging/web", "beta/web")


def test_flows_stand_in_every_environment_or_in_their_own(loaded: spec.Loaded) -> None:
    assert [(flow.id, places(loaded, *flow.path)) for flow in loaded.architecture.flows] == [
        ("internet -> staging/web 80", line("internet -> staging/web")),
        ("staging/web -> staging/web 80", line("- web -> web")),
        ("beta/web -> beta/web 80", line("- web -> web")),
        ("internet -> beta/web 80", line("internet -> web")),
    ]


def test_claims_may_ask_for_an_environment() -> None:
    system = api.parse(TEXT, "shop.yaml", TODAY)

    assert [one.subject for one in api.check(system, select=("DOC012",)).findings] == []


def test_a_finding_is_as_bad_as_it_is_at_the_stage_of_its_environment() -> None:
    system = api.parse(TEXT, "shop.yaml", TODAY)
    found = [(one.subject, one.severity.name) for one in api.check(system, select=("AVL001",)).findings]

    assert found == [("beta/web", "ERROR"), ("staging/web", "WARNING"), ("staging/worker", "WARNING")]


def test_how_an_environment_differs_is_told_value_by_value(loaded: spec.Loaded) -> None:
    assert loaded.architecture.environments["beta"].differences == (
        Difference(subject="web", key="cpu", here="1024", otherwise="512"),
        Difference(subject="web", key="memory", here="4096", otherwise="1024"),
        Difference(subject="web", key="scaling.max", here="9", otherwise="2"),
        Difference(subject="worker", key="", here="left out", otherwise="there"),
        Difference(subject="hot", key="", here="there", otherwise="left out"),
    )


PLANNED = (
    HEADER
    + """\
stage: development
environments:
  production: {status: planned, stage: production, network: {vpcs: {main: {cidr: 10.1.0.0/16}}}}
network: {vpcs: {main: {cidr: 10.0.0.0/16}}}
"""
)


def test_where_all_are_planned_the_spec_itself_is_what_is_deployed() -> None:
    whole = spec.parse(PLANNED).architecture

    assert [(id_, str(vpc.cidr)) for id_, vpc in whole.network.vpcs.items()] == [("main", "10.0.0.0/16")]
    assert whole.stage == "development"


def test_a_planned_environment_is_loaded_where_it_is_asked_for() -> None:
    whole = spec.parse(PLANNED, environment="production").architecture

    assert [(id_, str(vpc.cidr)) for id_, vpc in whole.network.vpcs.items()] == [("main", "10.1.0.0/16")]
    assert whole.stage == "production"


def test_a_planned_one_stands_beside_those_that_are_there_where_it_is_asked_for() -> None:
    text = TEXT.replace("beta:\n", "beta:\n    status: planned\n").replace("about: beta/web, ", "")

    assert "beta/web" not in spec.parse(text).architecture.elements
    assert "beta/web" in spec.parse(text, environment="beta").architecture.elements


def said(text: str) -> list[str]:
    """Return the problems of a spec, each with its place and its hint."""
    with pytest.raises(SpecError) as caught:
        spec.parse(text, "shop.yaml")
    return [f"{p.location.line}:{p.location.column}: {p.message}; {p.hint}" for p in caught.value.problems]


BASE = "network: {vpcs: {main: {cidr: 10.0.0.0/16}}}\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "environments: {beta: {netwrok: {}}}\n" + BASE,
            ["4:23: unknown key 'netwrok' in environments.beta; did you mean 'network'?"],
        ),
        (
            "environments: {beta: {network: {vpcs: {main: {cdir: 1}}}}}\n" + BASE,
            ["4:47: unknown key 'cdir' in network.vpcs.beta/main; did you mean 'cidr'?"],
        ),
        (
            "environments: {beta: {network: {vpcs: [main]}}}\n" + BASE,
            ["4:33: 'vpcs' holds elements by their ids, not a list; write `vpcs: {first-id: {cidr: …}}`"],
        ),
        (
            "environments: {beta: {network: [vpcs]}}\n" + BASE,
            ["4:23: 'network' holds keys, not a list; write `network: {vpcs: …}`"],
        ),
        (
            "environments: {beta: {}}\nshared: {network: {vpcs: {beta/main: {cidr: 10.0.0.0/16}}}}\n" + BASE,
            ["6:18: 'main' stands under `shared` as well; keep one of the two"],
        ),
        (
            "environments: {beta: {}}\nnetwork: {vpcs: {Main: {cidr: 10.0.0.0/16}}}\n",
            ["5:18: the id 'Main' is not kebab-case; write small letters, digits and single hyphens: main"],
        ),
        (
            "environments: [beta]\n" + BASE,
            [
                (
                    "4:1: 'environments' holds elements by their ids, not a list; "
                    "write `environments: {first-id: {title: …}}`"
                )
            ],
        ),
        (
            "environments: {beta: {status: planned, network: {subnets: {a: {tier: odd}}}}}\n" + BASE,
            [
                "4:60: the key 'az' is missing in network.subnets.a; add `az:`",
                "4:60: the key 'cidr' is missing in network.subnets.a; add `cidr:`",
                "4:64: 'odd' is not a value of 'tier'; expected 'public', 'private' or 'data'; ",
            ],
        ),
        (
            "environments: {a: {}, b: {}}\nclaims: [{says: x, about: main}]\n" + BASE,
            ["5:20: no element is called 'main'; did you mean 'b/main'?"],
        ),
        (
            "environments: {Beta: {}}\n" + BASE,
            [
                (
                    "4:16: the environment's name 'Beta' is not kebab-case; "
                    "write small letters, digits and single hyphens: beta"
                )
            ],
        ),
        (
            "environments: {main: {}}\nshared: {network: {vpcs: {main: {cidr: 10.0.0.0/16}}}}\n",
            ["5:27: the id 'main' is the name of an environment; choose another id"],
        ),
        (
            "environments: {beta: {network: {vpcs: {mian: ~}}}}\n" + BASE,
            ["4:40: 'mian' is left out here, and is not in what the environments share; did you mean 'main'?"],
        ),
        (
            "environments: {beta: {network: {vpcs: {'': {}}}}}\n" + BASE,
            [
                "4:40: the id '' is not kebab-case; write small letters, digits and single hyphens",
                "4:40: the key 'cidr' is missing in network.vpcs.beta/; add `cidr:`",
            ],
        ),
        (
            "environments: {internet: {}}\n" + BASE,
            ["4:16: the name 'internet' is taken: it means everybody outside; choose another name"],
        ),
        (
            f"environments: {{{'x' * 41}: {{}}}}\n" + BASE,
            [f"4:16: the environment's name '{'x' * 41}' has 41 characters; at most 40: it becomes part of file names"],
        ),
        (
            "environments: {beta: {}}\nshared: {netwrok: {}, stage: staging}\n" + BASE,
            [
                "5:10: unknown key 'netwrok' in shared; did you mean 'network'?",
                (
                    "5:23: unknown key 'stage' in shared; expected one of: compute, data, delivery, edge, external, "
                    "flows, messaging, network, observability, security"
                ),
            ],
        ),
        (
            "environments: {beta: {}}\nshared: [network]\n" + BASE,
            ["5:1: 'shared' holds keys, not a list; write `shared: {network: …}`"],
        ),
        (
            BASE.replace("main", "a/b"),
            ["4:18: the id 'a/b' is not kebab-case; write small letters, digits and single hyphens: a-b"],
        ),
    ],
)
def test_a_mistake_is_told_at_the_overlay_or_the_base_that_holds_it(text: str, told: list[str]) -> None:
    assert said(HEADER + text) == told


@pytest.mark.parametrize(
    ("network", "told"),
    [
        ("vpcs: {main: {cidr: x}}", ["5:25: 'cidr' is a CIDR block such as 10.0.0.0/16, not 'x'; "]),
        (
            "vpcs: {main: {cdir: 10.0.0.0/16}}",
            [
                "5:18: the key 'cidr' is missing in network.vpcs.a/main; add `cidr:`",
                "5:25: unknown key 'cdir' in network.vpcs.a/main; did you mean 'cidr'?",
            ],
        ),
        (
            "security_groups: {sg: {}}, endpoints: {e: {service: s3, subnets: [sg]}}",
            ["5:77: 'a/sg' is a security group; expected a subnet; declare a subnet with this id"],
        ),
    ],
)
def test_a_mistake_in_the_base_is_told_once(network: str, told: list[str]) -> None:
    assert said(HEADER + f"environments: {{a: {{}}, b: {{}}}}\nnetwork: {{{network}}}\n") == told


def test_what_refers_to_something_left_out_is_told_with_the_line_that_leaves_it_out() -> None:
    text = "environments: {a: {network: {security_groups: {sg: ~}}}, b: {}}\n"
    base = "network: {security_groups: {sg: {}, other: {ingress: [{from: sg, port: 80}]}}}\n"

    assert said(HEADER + text + base) == [
        (
            "5:56: no security group, prefix list, the internet or CIDR block is called 'sg'; "
            "an environment leaves it out at shop.yaml:4:48; say there what this is instead"
        )
    ]


def test_mistakes_of_what_is_there_and_of_everything_that_is_planned_are_told_together() -> None:
    vpcs = "network: {vpcs: {main: {cidr: x}}}"
    text = f"environments: {{p: {{status: planned, {vpcs}}}, q: {{status: planned, {vpcs}}}}}\n"

    assert said(HEADER + text + BASE + "claims: [{says: x, about: mian}]\n") == [
        "4:61: 'cidr' is a CIDR block such as 10.0.0.0/16, not 'x'; ",
        "4:119: 'cidr' is a CIDR block such as 10.0.0.0/16, not 'x'; ",
        "6:20: no element is called 'mian'; did you mean 'main'?",
    ]


def test_an_element_of_an_environment_that_is_only_planned_is_not_advised() -> None:
    text = "environments: {beta: {}, prod: {status: planned}}\nclaims: [{says: x, about: main}]\n"

    assert said(HEADER + text + BASE) == ["5:20: no element is called 'main'; did you mean 'beta/main'?"]


def test_more_than_memory_holds_is_refused() -> None:
    names = "".join(f"  e{i}: {{}}\n" for i in range(500))
    elements = "".join(f"    r{i}: {{}}\n" for i in range(500))

    assert said(f"{HEADER}environments:\n{names}delivery:\n  registries:\n{elements}") == [
        "4:1: 500 environments with 500 elements and flows each are more than 200000; write several specs"
    ]


@pytest.mark.parametrize("status", ["current", "planned"])
def test_loading_takes_time_in_proportion_to_environments_and_elements(
    status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expanded: list[Sequence[str]] = []

    def expand(read: Source, also: Sequence[str] = ()) -> Expanded:
        expanded.append(also)
        return environments.expand(read, also)

    monkeypatch.setattr(spec, "expand", expand)
    names = "".join(f"  e{i}: {{status: {status if i else 'current'}}}\n" for i in range(200))
    elements = "".join(f"    r{i}: {{title: x}}\n" for i in range(200))
    loaded = spec.parse(f"{HEADER}environments:\n{names}delivery:\n  registries:\n{elements}")

    assert len(loaded.architecture.elements) == 1 + (200 * 200 if status == "current" else 200)
    assert len(expanded) == (1 if status == "current" else 2)


def test_an_environment_that_does_not_exist_is_told() -> None:
    with pytest.raises(UsageError, match=r"no environment of shop\.yaml is called 'bta'; did you mean 'beta'\?"):
        spec.parse(TEXT, "shop.yaml", "bta")


@given(st.integers(1, 3), st.sets(st.sampled_from("abcd"), min_size=1), st.data())
def test_every_element_is_found_at_a_line_that_names_it(count: int, ids: set[str], data: st.DataObject) -> None:
    names = [f"e{i}" for i in range(count)]
    own = {name: data.draw(st.sets(st.sampled_from("abcdxy"))) for name in names}
    text = HEADER + "".join(_lines(names, sorted(ids), own))
    loaded = spec.parse(text)

    expected = [f"{name}/{id_}" for name in names for id_ in [*sorted(ids), *sorted(own[name] - ids)]]
    assert list(loaded.architecture.delivery.registries) == expected
    for full in expected:
        place = loaded.source.locate(("delivery", "registries", full))
        assert text.splitlines()[place.line - 1].strip().startswith(f"{full.partition('/')[2]}:")


def _lines(names: list[str], ids: list[str], own: dict[str, set[str]]) -> Iterator[str]:
    yield "environments:\n"
    for name in names:
        yield f"  {name}:\n    delivery:\n      registries:\n" if own[name] else f"  {name}: {{}}\n"
        yield from (f"        {id_}: {{note: of {name}}}\n" for id_ in sorted(own[name]))
    yield "delivery:\n  registries:\n"
    yield from (f"    {id_}: {{title: base}}\n" for id_ in ids)
