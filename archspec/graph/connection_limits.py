"""How many connections a database accepts unless told otherwise, by the memory of its class.

RDS derives the limit from the memory of an instance: for PostgreSQL a share for each 9,531,392 bytes and 5,000 at most,
for MySQL and MariaDB one for each 12,582,880 bytes. What the operating system takes is not known here, so the real
limit is a little lower.
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html
"""

import re

from archspec.model.data import Database

_BYTES = {"postgres": 9_531_392, "aurora-postgresql": 9_531_392, "mysql": 12_582_880, "mariadb": 12_582_880}
_MOST = {"postgres": 5000, "aurora-postgresql": 5000, "mysql": 100_000, "mariadb": 100_000}
_CLASS = re.compile(
    r"db\.(?P<family>t3|t4g|m[5-8]g?d?i?|r[5-8]g?d?i?)\.(?P<size>micro|small|medium|large|\d{0,2}xlarge)", re.ASCII
)
_SMALL = {"micro": 1, "small": 2, "medium": 4, "large": 8}
_GIB = 2**30


def connection_limit(database: Database) -> int | None:
    """Return the default limit, or nothing where the engine has another formula or the class is not a common one."""
    memory = class_memory(database.class_)
    if memory is None or database.engine not in _BYTES or database.capacity:
        return None
    return min(memory * _GIB // _BYTES[database.engine], _MOST[database.engine])


def class_memory(name: str) -> int | None:
    """Return the memory of an instance class in GiB, for the families T3, T4g, M5 to M8 and R5 to R8."""
    found = _CLASS.fullmatch(name)
    if found is None:
        return None
    size = found["size"]
    general = _SMALL[size] if size in _SMALL else 16 * int(size.removesuffix("xlarge") or 1)
    return general * 2 if found["family"].startswith("r") else general
