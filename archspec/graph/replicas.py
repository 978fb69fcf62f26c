"""How many of an element there are, and whether the loss of one instance or one zone takes all of it.

Load balancers, NAT gateways, proxies and endpoints are AWS's to keep running within their zones: they fail with a zone
and not by themselves. Elements without a zone (S3, SQS, Route 53 …) never fail here.
https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/aws-infrastructure.html
"""

from decimal import Decimal

from archspec.errors import KeyPath
from archspec.graph.graph import Attached, Graph
from archspec.graph.recovery import has_standby
from archspec.model.compute import Service
from archspec.model.data import Cache, Database, Store
from archspec.model.element import Element
from archspec.model.network import NatGateway, Subnet


def least_tasks(service: Service) -> int | None:
    """Return the fewest tasks that a service keeps on any day, or nothing where no number is stated.

    Where it scales that is the lowest of its bounds, at any hour; else the number that is wanted.
    """
    if service.scaling:
        nightly = [one.min for one in service.scaling.schedules if one.min is not None]
        return min([service.scaling.min, *nightly])
    return service.desired if "desired" in service.model_fields_set else None


def most_tasks(service: Service) -> int | None:
    """Return the most tasks that a service runs on any day, or nothing where no number is stated."""
    if service.scaling:
        busiest = [one.max for one in service.scaling.schedules if one.max is not None]
        return max([service.scaling.max, *busiest])
    return service.desired if "desired" in service.model_fields_set else None


def takes_over(store: Store) -> bool:
    """Whether a store that loses an instance goes on by itself, writing included.

    A serverless cache is kept in several zones by AWS; a replica of another one takes over where Multi-AZ is on.
    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
    """
    if not isinstance(store, Cache):
        return has_standby(store)
    if store.serverless or (store.engine == "memcached" and len(store.members) != 1):
        return True  # nobody takes over in Memcached, and what is lost is a share of what it keeps
    return (store.multi_az or bool(store.cluster_mode)) and len(store.members) != 1


def alone(graph: Graph, element: Attached) -> str:
    """Say why the loss of one instance or one zone takes all of an element; nothing where it does not.

    A service whose number of tasks is not stated is not said to run one.
    """
    if isinstance(element, Service) and least_tasks(element) == 1:
        return "it scales down to one task" if element.scaling else "it runs one task"
    if isinstance(element, Store) and not takes_over(element):
        return _because_nothing_takes_over(element)
    azs = graph.azs(element)
    return f"all of it stands in {azs[0]}" if len(azs) == 1 else ""


def _because_nothing_takes_over(store: Store) -> str:
    if isinstance(store, Database):
        return "no standby takes over"
    return "it has one node" if len(store.members) <= 1 else "it does not fail over by itself"


def is_untold(element: Element) -> bool:
    """Whether nobody says how many there are: AWS has no number of tasks of its own."""
    return isinstance(element, Service) and least_tasks(element) is None


def place(element: Element) -> KeyPath:
    """Return the key that decides where an element stands, or how many there are of it."""
    match element:
        case Service() if least_tasks(element) == 1:
            return (*element.path, "scaling" if element.scaling else "desired")
        case Store():
            return (*element.path, "instances" if element.members else "multi_az")
        case NatGateway():
            return (*element.path, "subnet")
        case Subnet():
            return element.path
        case _:
            return (*element.path, "subnets")


def remedy(element: Element) -> str:
    """Say what to write, so that the loss of one instance or zone does not take all of an element."""
    match element:
        case Service() if least_tasks(element) == 1:
            return "state `scaling: {min: 2, …}`" if element.scaling else "state `desired: 2`, or more"
        case Cache(engine="memcached"):
            return "add nodes in another zone, or say `hard: false` and `fallback: …` of the flows that lead to it"
        case Store():
            return "state `multi_az: true`, and place a standby or replica in another zone"
        case NatGateway():
            return "add a NAT gateway in another zone, and route the subnets there through it"
        case _:
            return "add a subnet in another zone"


def deploying(service: Service) -> int | None:
    """Return how many tasks there may be while a deployment replaces the most that a service runs; nothing unstated.

    ECS lets twice the wanted number run meanwhile, unless told otherwise; a blue-green deployment starts all of them
    beside the old ones.
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
    """
    tasks = most_tasks(service)
    if tasks is None:
        return None
    deployment = service.deployment
    share = deployment.maximum.high if deployment and deployment.maximum else Decimal(200)
    return max(tasks, int(tasks * share / 100))
