"""What stands in which subnet, element by element and as a tree in plain text."""

from collections.abc import Iterator, Sequence

from archspec.documents.markup import Markdown, fenced
from archspec.documents.page import Page
from archspec.documents.wording import COMPUTED
from archspec.graph.graph import is_attached
from archspec.model.data import Store
from archspec.model.element import Element
from archspec.model.network import NatGateway, Subnet


def places(page: Page) -> Iterator[tuple[Element, Subnet, str]]:
    """Yield every element with each subnet that it stands in, and its role there: a store's by its instances."""
    for element in page.architecture.elements.values():
        for subnet, words in _places(page, element):
            yield element, subnet, words


def _places(page: Page, element: Element) -> Iterator[tuple[Subnet, str]]:
    match element:
        case NatGateway():
            yield page.architecture.network.subnets[element.subnet], ""
        case Store(instances=instances) if instances:
            for instance in instances:
                status = "" if instance.status == "current" else f", {instance.status}"
                for subnet in page.graph.subnets(element):
                    if subnet.az == instance.az:
                        yield subnet, f" ({instance.role}{status})"
        case Store(multi_az=False):
            yield from ((subnet, " (in one of its AZs)") for subnet in page.graph.subnets(element))
        case _ if is_attached(element):
            yield from ((subnet, "") for subnet in page.graph.subnets(element))


def tree(page: Page) -> Iterator[Markdown]:
    """Yield the lines of a tree: a VPC, its subnets by tier and AZ, and what stands in each."""
    network = page.architecture.network
    standing: dict[str, dict[str, None]] = {}
    for element, subnet, words in places(page):
        standing.setdefault(subnet.id, {})[f"{element.label}{words}"] = None
    for vpc in network.vpcs.values():
        blocks = ", ".join(str(block) for block in (vpc.cidr, *vpc.secondary_cidrs))
        yield fenced(f"{_named(vpc)}: {blocks}")
        own = [subnet for subnet in network.subnets.values() if subnet.vpc == vpc.id]
        for i, subnet in enumerate(own):
            yield from _branch(subnet, list(standing.get(subnet.id, {})), is_last=i == len(own) - 1)


def _branch(subnet: Subnet, standing: Sequence[str], *, is_last: bool) -> Iterator[Markdown]:
    size = f"{subnet.cidr} ({subnet.cidr.num_addresses:,} addresses{COMPUTED})"
    yield Markdown(f"{'└── ' if is_last else '├── '}{fenced(f'{_named(subnet)} ({subnet.tier}, {subnet.az}): {size}')}")
    trunk = "    " if is_last else "│   "
    for i, words in enumerate(standing):
        yield Markdown(f"{trunk}{'└── ' if i == len(standing) - 1 else '├── '}{fenced(words)}")


def _named(element: Element) -> str:
    """Return the id, with the title where there is one: ids tell environments apart."""
    return f"{element.title} [{element.id}]" if element.title else element.id
