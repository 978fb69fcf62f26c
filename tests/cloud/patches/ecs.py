"""ECS: what services say."""

from moto.ecs.responses import EC2ContainerServiceResponse

from tests.cloud.untyped import Moto

_FORGOTTEN = {
    "availabilityZoneRebalancing": "availability_zone_rebalancing",
    "capacityProviderStrategy": "capacity_provider_strategy",
    "deploymentConfiguration": "deployment_configuration",
    "enableECSManagedTags": "enable_ecs_managed_tags",
    "enableExecuteCommand": "enable_execute_command",
    "healthCheckGracePeriodSeconds": "health_check_grace_period_seconds",
}


def patch() -> None:
    """Keep what moto forgets of a service: grace period, managed tags, rebalancing and more."""
    create, update = EC2ContainerServiceResponse.create_service, EC2ContainerServiceResponse.update_service

    def kept(self: Moto, answer: Moto) -> Moto:
        service = (answer._result if hasattr(answer, "_result") else answer.result)["service"]
        for said, name in _FORGOTTEN.items():
            if self._get_param(said) is not None:
                setattr(service, name, self._get_param(said))
        if not hasattr(service, "availability_zone_rebalancing"):
            service.availability_zone_rebalancing = "DISABLED"
        return answer

    EC2ContainerServiceResponse.create_service = lambda self: kept(self, create(self))
    EC2ContainerServiceResponse.update_service = lambda self: kept(self, update(self))
