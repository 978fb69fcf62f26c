"""EC2: the descriptions of security group rules."""

from moto.ec2.models.security_groups import SecurityGroupRule


def patch() -> None:
    """Keep the description of a rule whose other side is a security group; moto only looks for one beside a range."""
    SecurityGroupRule.description = property(
        lambda self: self.ip_range.get("Description") or self.source_group.get("Description")
    )
