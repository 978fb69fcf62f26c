"""What attributes of CloudFormation's are called in Terraform, and ARNs that a template puts together by itself."""

import re
from collections.abc import Iterator
from functools import lru_cache

from archspec.importers.cloudformation.scope import Scope
from archspec.resources.cloudformation import FORMS, PATTERN, REF
from archspec.resources.resource import Ref

_MADE = {
    "AWS::S3::Bucket": "arn:${AWS::Partition}:s3:::${}",
    "AWS::ECS::Cluster": "arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:cluster/${}",
    "AWS::ECR::Repository": "arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/${}",
    "AWS::IAM::Role": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${}",
    "AWS::KMS::Key": "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${}",
}
"""ARNs that CloudFormation tells by itself, and people write all the same."""

_IMAGE = "${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/${}"
_INSIDE = re.compile(r"\$\{([A-Za-z0-9]+)\.(?:id|name|bucket)\}")


def attribute_of(type_: str, attribute: str) -> str:
    """Return what Terraform calls an attribute of a CloudFormation type."""
    gives = next((form.gives for form in FORMS.values() if form.type == type_ and not form.part_of), {})
    return next((key for key, given in gives.items() if given != REF and given == attribute), attribute.lower())


def spoken(text: str, scope: Scope) -> str | Ref:
    """Return a text with the reference that its beginning is, where that is the ARN of a resource in pieces."""
    plain = text.replace("arn:aws:", "arn:${AWS::Partition}:", 1)
    for found in _INSIDE.finditer(plain):
        before = plain[: found.end()]
        for attribute, pattern in _patterns(str(scope.resources.get(found[1], {}).get("Type"))):
            if before == pattern.replace("${}", found[0]):
                return Ref(found[1], attribute, plain[found.end() :])
    return text


@lru_cache(maxsize=256)
def _patterns(type_: str) -> tuple[tuple[str, str], ...]:
    return tuple(_stated(type_))


def _stated(type_: str) -> Iterator[tuple[str, str]]:
    for form in FORMS.values():
        if form.type == type_ and not form.part_of:
            for attribute, given in form.gives.items():
                if given.startswith(PATTERN):
                    yield attribute, given.removeprefix(PATTERN)
    if type_ in _MADE:
        yield "arn", _MADE[type_]
    if type_ == "AWS::ECR::Repository":
        yield "repository_url", _IMAGE
