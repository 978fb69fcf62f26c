"""CloudFront: what distributions say of origins, certificates and caching, and response headers policies."""

from typing import Any

from moto.cloudfront import models, responses, urls
from moto.core.responses import ActionResult
from moto.moto_api._internal import mock_random

from tests.cloud.untyped import Moto

_POLICIES = "{0}/2020-05-31/response-headers-policy"


def patch() -> None:
    """Keep what a distribution says, and add response headers policies.

    moto forgets the access control of an origin, calls every certificate CloudFront's own, and adds forwarded values
    beside a cache policy, which AWS refuses.
    """
    _keep_distributions()
    _add_headers_policies()


def _keep_distributions() -> None:
    origin = models.Origin.__init__
    certificate = models.ViewerCertificate.__init__
    behaviour = models.DefaultCacheBehaviour.__init__

    def with_control(self: Moto, said: Moto) -> None:
        origin(self, said)
        self.origin_access_control_id = said.get("OriginAccessControlId")

    def with_own(self: Moto, said: Moto) -> None:
        certificate(self, said)
        if said.get("ACMCertificateArn") or said.get("IAMCertificateId"):
            self.cloud_front_default_certificate = False

    def with_policy(self: Moto, said: Moto) -> None:
        behaviour(self, said)
        if said.get("CachePolicyId"):
            self.forwarded_values = None

    models.Origin.__init__ = with_control
    models.ViewerCertificate.__init__ = with_own
    models.DefaultCacheBehaviour.__init__ = with_policy


def _add_headers_policies() -> None:
    kept: dict[str, Any] = {}
    response = responses.CloudFrontResponse
    for end in ("$", "/(?P<id>[^/]+)$", "/(?P<id>[^/]+)/config$"):
        urls.url_paths[_POLICIES + end] = response.dispatch

    def answer(id_: str) -> ActionResult:
        body = {"Id": id_, "LastModifiedTime": "2021-11-27T10:34:26.802Z", "ResponseHeadersPolicyConfig": kept[id_]}
        return ActionResult({"ResponseHeadersPolicy": body, "ETag": f"E{id_[:6]}"})

    def create(self: Moto) -> ActionResult:
        id_ = str(mock_random.uuid4())
        kept[id_] = self._get_param("ResponseHeadersPolicyConfig")
        return answer(id_)

    response.create_response_headers_policy = create
    response.get_response_headers_policy = lambda self: answer(self._get_param("Id"))
