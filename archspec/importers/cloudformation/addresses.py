"""Lists that CloudFormation reckons out: parts of a range of addresses, and the Availability Zones of a Region."""

from ipaddress import ip_network

_MOST = 256
_REGION = "${AWS::Region}"


def ranges(block: str, count: str, bits: str = "8") -> list[str]:
    """Return parts of a block, each with so many bits for hosts; nothing where the block holds no such parts.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-cidr.html

    >>> ranges("10.0.0.0/16", "2", "8")
    ['10.0.0.0/24', '10.0.1.0/24']
    """
    try:
        network, number = ip_network(block), int(count)
        length = network.max_prefixlen - int(bits)
        if not (0 < number <= _MOST and network.prefixlen <= length <= network.max_prefixlen):
            return []
        size = 2 ** (network.max_prefixlen - length)
        starts = [int(network.network_address) + i * size for i in range(number)]
    except ValueError:
        return []
    last = int(network.broadcast_address)
    return [f"{type(network.network_address)(one)}/{length}" for one in starts if one <= last]


def zones() -> list[str]:
    """Return the Availability Zones of the Region that a template is deployed to."""
    return [f"{_REGION}{letter}" for letter in "abcdef"]
