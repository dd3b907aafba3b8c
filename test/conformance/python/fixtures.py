"""What the fixture routers in Python have in common. README.md says what each of them does.

A router prints what it has seen, and then does what the header `x-fixture` of the request says.
"""

import base64
import json
from time import sleep
from urllib.parse import parse_qsl, unquote

INSTRUCTION = "x-fixture"


def report(router, seen):
    print(json.dumps({"fixture": router, **seen}), flush=True)


def error_of(messages):
    message, *causes = messages
    error = RuntimeError(message)
    if causes:
        error.__cause__ = error_of(causes)
    return error


def raise_error(messages):
    """Each cause is raised, so that it has a traceback."""
    message, *causes = messages
    if not causes:
        raise RuntimeError(message)
    try:
        raise_error(causes)
    except RuntimeError as cause:
        raise RuntimeError(message) from cause


def expand(value):
    """`{ "$repeat": [text, times] }` stands for long text."""
    if isinstance(value, list):
        return [expand(one) for one in value]
    if not isinstance(value, dict):
        return value
    if "$repeat" in value:
        text, times = value["$repeat"]
        return text * times
    return {name: expand(one) for name, one in value.items()}


def circular():
    headers = {}
    headers["self"] = headers
    return {"statusCode": 200, "headers": headers}


def content_of(respond):
    """The body as bytes."""
    if "base64" in respond:
        return base64.b64decode(respond["base64"])
    return (expand(respond.get("body")) or "").encode()


def describe(method, scheme, headers, *, base, raw_path, query, body):
    """`base` is decoded. What of the raw path it stands for is found by its length."""
    joined = {}
    for name, value in headers:
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    joined.pop(INSTRUCTION, None)
    joined.pop("x-forwarded-prefix", None)
    at = next(i for i in range(len(raw_path) + 1) if unquote(raw_path[:i]) == base and raw_path[i : i + 1] in ("/", ""))
    return {
        "method": method,
        "origin": f"{scheme}://{joined['host']}",
        "path": raw_path[at:],
        "base": raw_path[:at],
        "search": f"?{query}" if query else "",
        "query": parse_qsl(query, keep_blank_values=True),
        "headers": joined,
        "base64": base64.b64encode(body).decode(),
    }


def read_secrets(calls):
    """Calls of the library's functions, one after the other."""
    return [_perform(dict(call)) for call in calls]


def _perform(call):
    if "pauseMs" in call:
        sleep(call["pauseMs"] / 1000)
        return {"paused": True}
    times, names = call.pop("times", 1), call.pop("names", None)
    calls = [{**call, "name": name} for name in names] if names else [call] * times
    if len(calls) == 1:
        return _read(**calls[0])
    return _read_at_once(calls)


def _read_at_once(calls):
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    together = Barrier(len(calls))

    def read(call):
        together.wait()
        return _read(**call)

    with ThreadPoolExecutor(len(calls)) as executor:
        return list(executor.map(read, calls))


def read_secret(kind, name, versionStage=None, refresh=False):
    from lazy_api.secrets import get_parameter, get_secret, get_secret_binary, get_secret_string

    if kind == "parameter":
        return get_parameter(name, refresh=refresh)
    functions = {"json": get_secret, "text": get_secret_string, "binary": get_secret_binary}
    return functions[kind](name, version_stage=versionStage, refresh=refresh)


def _read(**call):
    from lazy_api.secrets import SecretError

    try:
        value = read_secret(**call)
    except SecretError as error:
        return {"code": error.code, "message": str(error)}
    return {"value": {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value}


def write_logs(lines):
    from lazy_api.logger import get_logger

    for line in lines:
        logger = get_logger(**line.get("common", {}))
        getattr(logger, line["level"])(line["message"], **expand(line.get("fields", {})))
