"""How many tasks are left when a zone is lost, and how many it takes so that enough are.

Tasks are spread over zones as evenly as they can be, so that the worst zone holds an n-th of them, rounded up.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html
"""

from decimal import Decimal


def remaining(tasks: int, azs: int) -> int:
    """Return how many tasks are left when the zone with the most of them is lost."""
    return tasks - -(-tasks // azs) if azs else 0


def tasks_for(peak: Decimal, throughput: Decimal, azs: int) -> int:
    """Return the fewest tasks that serve a peak without those of any one zone. Raises `ValueError` in one zone."""
    if azs < 2:
        raise ValueError("one zone leaves nothing when it is lost")
    whole, rest = divmod(peak, throughput)
    needed = int(whole) + bool(rest)
    fewest = -(-needed * azs // (azs - 1))
    return fewest if remaining(fewest, azs) >= needed else fewest + 1
