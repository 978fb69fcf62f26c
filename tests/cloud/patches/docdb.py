"""DocumentDB, which speaks the API of RDS."""

from collections.abc import Callable
from typing import Any

from moto.rds import models, utils

from tests.cloud.untyped import Moto

_ENGINE = "docdb"
_DEFAULTS = {"default_allocated_storage": 1, "default_engine_version": "5.0.0", "default_port": 27017}


def patch() -> None:
    """Let clusters and instances have the engine docdb."""
    init = models.DBCluster.__init__

    def without_storage_type(self: Moto, *arguments: Any, **named: Any) -> None:
        init(self, *arguments, **named)
        if self.engine == _ENGINE and not named.get("storage_type"):
            self.storage_type = None

    engines, instance_engines = utils.ClusterEngine, utils.DbInstanceEngine
    engines.list_cluster_engines = classmethod(lambda _: sorted([*(one.value for one in engines), _ENGINE]))
    instance_engines.valid_db_instance_engine = classmethod(
        lambda _: sorted([*(one.value for one in instance_engines), _ENGINE])
    )
    models.DBCluster.__init__ = without_storage_type
    for name, value in _DEFAULTS.items():
        setattr(models.DBCluster, name, staticmethod(_or(value, getattr(models.DBCluster, name))))
    models.DBInstance.default_port = staticmethod(_or(_DEFAULTS["default_port"], models.DBInstance.default_port))


def _or(value: object, default: Callable[..., object]) -> Callable[..., object]:
    return lambda engine, *others, **named: value if engine == _ENGINE else default(engine, *others, **named)
