"""Roles with what they may do, as IAM answers.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator

from archspec.importers.account.answers import Answers, at, data, made, picked, tags
from archspec.resources.resource import Resource, Value


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield roles with their policies, what gives them to instances, and whom they trust from elsewhere."""
    named = answers.tags("iam.list_role_tags", "RoleName")
    for one in answers.items("iam.list_roles"):
        names = {"name": "RoleName", "arn": "Arn", "path": "Path", "description": "Description"}
        values: dict[str, Value] = {
            **picked(one, names),
            "assume_role_policy": data(one.get("AssumeRolePolicyDocument")),
        }
        yield made("aws_iam_role", one["RoleName"], values, named.get(one["RoleName"]))
    for one in answers.items("iam.get_role_policy"):
        role, name = one.get("RoleName"), one.get("PolicyName")
        values = {"name": name, "role": role, "policy": data(one.get("PolicyDocument"))}
        yield made("aws_iam_role_policy", f"{role}:{name}", values)
    for asked in answers.asked("iam.list_attached_role_policies"):
        role, arn = asked.parameters["RoleName"], asked.item.get("PolicyArn")
        yield made("aws_iam_role_policy_attachment", f"{role}/{arn}", {"role": role, "policy_arn": arn})
    yield from _policies(answers)
    for one in answers.items("iam.list_instance_profiles"):
        held = at(one, "Roles[].RoleName") or [None]
        values = {**picked(one, {"name": "InstanceProfileName", "arn": "Arn", "path": "Path"}), "role": held[0]}
        yield made("aws_iam_instance_profile", one["InstanceProfileName"], values, tags(one))
    for asked in answers.asked("iam.get_open_id_connect_provider"):
        arn = asked.parameters["OpenIDConnectProviderArn"]
        values = {**picked(asked.item, {"url": "Url", "client_id_list": "ClientIDList"}), "arn": arn}
        yield made("aws_iam_openid_connect_provider", arn, values, tags(asked.item))


def _policies(answers: Answers) -> Iterator[Resource]:
    written = {
        asked.parameters["PolicyArn"]: data(asked.item.get("Document"))
        for asked in answers.asked("iam.get_policy_version")
    }
    for one in answers.items("iam.list_policies"):
        values = {
            **picked(one, {"name": "PolicyName", "arn": "Arn", "path": "Path"}),
            "policy": written.get(one["Arn"]),
        }
        yield made("aws_iam_policy", one["Arn"], values, tags(one))
