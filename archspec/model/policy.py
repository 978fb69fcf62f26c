"""Statements of policies: who may do what, and under which conditions."""

from typing import Literal

from archspec.model.element import Model


class Statement(Model):
    """One statement of a trust policy or of a resource's own policy.

    `principal` is as AWS writes it: `*`, a service (`ecs-tasks.amazonaws.com`), an account (`123456789012`), an ARN, or
    an identity provider (`token.actions.githubusercontent.com`). `does` are IAM actions; left out, they are what the
    policy is for. `conditions` are AWS's keys and their values, `aws:SourceAccount: "123456789012"`, several with
    commas; left out they are not stated, `{}` says that there are none.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
    """

    principal: str
    does: str = ""
    effect: Literal["allow", "deny"] = "allow"
    conditions: dict[str, str] | None = None
