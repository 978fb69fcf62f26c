"""Asks a running account what is in it, by calls that only read.

boto3 is what `archspec-toolkit[account]` installs; it finds credentials, profile and Region as every AWS tool does.
https://boto3.amazonaws.com/v1/documentation/api/latest/guide/configuration.html
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeAlias

from archspec.errors import ToolError, UsageError
from archspec.importers.account.answers import at
from archspec.importers.account.calls import CALLS, is_harmless
from archspec.importers.account.calls.call import ACCOUNT, GLOBAL, Call, Each
from archspec.importers.account.calls.unknown import IT
from archspec.importers.account.kept import kept
from archspec.importers.account.saved import Saved

_AT_ONCE = 8
"""More at a time would only be throttled."""

_ATTEMPTS = 8
"""How often AWS is asked before a refusal counts, where AWS_MAX_ATTEMPTS says nothing: it throttles who asks much."""

_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d{1,2}")
_NOTHING = re.compile(r"NotFound|NoSuch|Nonexistent|NotExist|Unsupported|KMSInvalidState|InvalidAccess")
"""In the code of an error that only says that something has none of what is asked for, as a bucket without a policy."""

_SIGNED_OUT = ("ExpiredToken", "RequestExpired", "TokenRefreshRequired")
_TOKENS = ("NextToken", "nextToken", "NextMarker", "NextPageToken")
_MOST_PAGES = 10_000

Clients: TypeAlias = dict[tuple[str, str], Any]
Answer: TypeAlias = dict[str, Any]
"""What a call returned for a set of parameters: these, and the items."""


class _Refused(NamedTuple):
    """Why AWS did not answer a call."""

    reason: str


Question: TypeAlias = "tuple[Call, dict[str, Any]]"
Got: TypeAlias = "Answer | _Refused | None"
"""Nothing where something has none of what is asked for."""


def capture(region: str, profile: str) -> Saved:
    """Ask an account everything. Calls that AWS refuses are noted.

    Raises `ToolError` where boto3 is missing, where nobody is signed in or no longer, and `UsageError` for a Region
    that is none. Empty texts leave Region and profile to the environment.
    """
    session = _session(region, profile)
    clients: Clients = {}
    account = _identity(session, clients)
    answers: dict[str, list[Answer]] = {}
    refused: dict[str, str] = {}
    for level in _levels(_asked_in(session)):
        asked = [(call, with_) for call in level for with_ in _questions(call, answers, account)]
        for call, got in _answered(session, clients, asked).items():
            if found := [one for one in got if isinstance(one, dict) and one["items"]]:
                answers[call] = found
            if reason := _reasons(got):
                refused[call] = reason
    return Saved(account, session.region_name, answers, refused)


def _answered(session: Any, clients: Clients, asked: Sequence[Question]) -> dict[str, list[Got]]:  # noqa: ANN401
    """Return what comes of some questions, by call, in their order; several are asked at once."""
    asking = [_client(session, clients, call) for call, _ in asked]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answered = list(pool.map(lambda client, one: _ask(client, *one), asking, asked))
    found: dict[str, list[Got]] = {}
    for (call, _), got in zip(asked, answered, strict=True):
        found.setdefault(call.key, []).append(got)
    return found


def _session(region: str, profile: str) -> Any:  # noqa: ANN401 - boto3 ships no types
    try:
        import boto3
        from botocore.exceptions import BotoCoreError
    except ImportError:
        raise ToolError("reading an account needs boto3; run `pip install 'archspec-toolkit[account]'`") from None
    try:
        session = boto3.Session(region_name=region or None, profile_name=profile or None)
    except BotoCoreError as error:
        raise ToolError(f"AWS cannot be asked: {error}") from None
    if not session.region_name:
        raise UsageError("no AWS Region is known; name it with --region, or set AWS_REGION")
    if not _REGION.fullmatch(session.region_name):
        raise UsageError(f"'{session.region_name}' is no AWS Region; expected one as us-east-1")
    return session


def _client(session: Any, clients: Clients, call: Call) -> Any:  # noqa: ANN401
    """Return what asks a service, made once for each Region. Making one is not safe among threads, asking is."""
    from botocore.config import Config

    key = call.service, call.region or session.region_name
    if key not in clients:
        chosen = {"total_max_attempts": _ATTEMPTS} if "AWS_MAX_ATTEMPTS" not in os.environ else {}
        patient = Config(
            retries={"mode": "standard", **chosen},
            connect_timeout=10,
            read_timeout=60,
            max_pool_connections=_AT_ONCE,
        )
        clients[key] = session.client(key[0], region_name=key[1], config=patient)
    return clients[key]


def _identity(session: Any, clients: Clients) -> str:  # noqa: ANN401
    try:
        return str(_client(session, clients, Call("sts.get_caller_identity")).get_caller_identity()["Account"])
    except _refusals() as error:
        raise ToolError(f"AWS does not say whose account this is: {error}; sign in, or name a --profile") from None


def _refusals() -> tuple[type[Exception], ...]:
    from botocore.exceptions import BotoCoreError, ClientError
    from botocore.parsers import ResponseParserError  # as where a proxy answers instead of AWS

    return (BotoCoreError, ClientError, ResponseParserError)


def _asked_in(session: Any) -> list[Call]:  # noqa: ANN401
    """Return what is asked of this account. Other partitions than `aws` have no CloudFront in us-east-1."""
    region = session.region_name
    is_usual = session.get_partition_for_region(region) == "aws"
    return [call for call in CALLS if call.is_asked_in(region) and (is_usual or call.region != GLOBAL)]


def _levels(calls: list[Call]) -> Iterator[list[Call]]:
    """Yield calls that can be asked at once: each after the one whose items it needs."""
    depth: dict[str, int] = {}
    for call in calls:
        depth[call.key] = depth.get(call.each.of, -1) + 1 if call.each else 0
    for level in range(max(depth.values()) + 1):
        yield [call for call in calls if depth[call.key] == level]


def _questions(call: Call, answers: Mapping[str, list[Answer]], account: str) -> Iterator[dict[str, Any]]:
    each = call.each
    if each is None:
        yield {name: account if value == ACCOUNT else value for name, value in call.parameters.items()}
        return
    for answer in answers.get(each.of, []):
        also = {name: answer["with"][name] for name in each.also}
        path, start = each.unless
        items = [one for one in answer["items"] if not (path and str(at(one, path)).startswith(start))]
        known = [one for one in items if _value(one, each) is not None]
        size = each.batch or 1
        for some in (known[start : start + size] for start in range(0, len(known), size)):
            part = [_value(one, each) for one in some]
            more = {name: at(some[0], to) for name, to in each.more.items()}
            yield {**call.parameters, **also, **more, each.parameter: part if each.batch else part[0]}


def _value(item: Mapping[str, Any], each: Each) -> Any:  # noqa: ANN401
    found = at(item, each.path) if each.path else item.get(IT, item)
    return found.removeprefix(each.without) if isinstance(found, str) else found


def _ask(client: Any, call: Call, with_: dict[str, Any]) -> Got:  # noqa: ANN401
    """Return an answer, or why there is none."""
    if not is_harmless(call):
        raise ValueError(f"{call.name} does more than read, or reads what is secret")
    try:
        items = [kept(one) for page in _pages(client, call, with_) for one in _items(page, call)]
    except _refusals() as error:
        code = str(at(getattr(error, "response", {}), "Error.Code") or type(error).__name__)
        if code.startswith(_SIGNED_OUT):
            raise ToolError(f"AWS no longer answers: {code}; sign in once more") from None
        return None if _NOTHING.search(code) else _Refused(code)
    # A list of names or ARNs has no keys of its own.
    told = [one if isinstance(one, dict) else {IT: one} for one in items]
    chosen = [{key: value for key, value in one.items() if not call.keep or key in call.keep} for one in told]
    return {"with": with_, "items": sorted(chosen, key=lambda one: json.dumps(one, sort_keys=True))}


def _items(page: Any, call: Call) -> list[Any]:  # noqa: ANN401
    if not call.items:
        return [page]
    found = at(page, call.items)
    nested = found if isinstance(found, list) else [] if found is None else [found]
    return [one for part in nested for one in (part if isinstance(part, list) else [part])]


def _pages(client: Any, call: Call, with_: dict[str, Any]) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """Yield the pages of an answer, also those of which boto3 does not know that there are several."""
    if client.can_paginate(call.operation):
        for page in client.get_paginator(call.operation).paginate(**with_):
            yield {key: value for key, value in page.items() if key != "ResponseMetadata"}
        return
    asked = with_
    for _ in range(_MOST_PAGES):
        page = getattr(client, call.operation)(**asked)
        yield {key: value for key, value in page.items() if key not in {"ResponseMetadata", *_TOKENS}}
        token = next((name for name in _TOKENS if page.get(name)), "")
        if not token or page[token] == asked.get(token):
            return
        asked = {**with_, token: page[token]}


def _reasons(mine: Sequence[Got]) -> str:
    """Say why a call was refused, and how often where only some of its questions were."""
    counted = Counter(one.reason for one in mine if isinstance(one, _Refused))
    whole = sum(counted.values()) == len(mine)
    several = {} if whole and len(counted) == 1 else {reason: f" ({n} of {len(mine)})" for reason, n in counted.items()}
    return ", ".join(f"{reason}{several.get(reason, '')}" for reason in sorted(counted))
