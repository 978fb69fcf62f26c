"""Statements of policies: who may do what, and under which conditions."""

from typing import Literal

from archspec.model.element import Model


class Statement(Model):
    """One statement of a trust policy or of a resource's own policy.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
    """

    principal: str
    """Who, as AWS writes it: `*`, a service (`ecs-tasks.amazonaws.com`), an account (`123456789012`), an ARN, or an
    identity provider (`token.actions.githubusercontent.com`).
    """
    does: str = ""
    """IAM actions, with commas; left out, they are what the policy is for."""
    effect: Literal["allow", "deny"] = "allow"
    """Whether that is allowed or denied."""
    conditions: dict[str, str] | None = None
    """AWS's keys and their values, `aws:SourceAccount: "123456789012"`, several with commas; left out they are not
    stated, `{}` says that there are none.
    """
