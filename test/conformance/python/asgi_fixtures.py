"""The fixture routers as ASGI applications."""

import asyncio
import json

from fixtures import INSTRUCTION, content_of, describe, expand, raise_error, read_secret, read_secrets, report, write_logs


def web(router):
    async def application(scope, receive, send):
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        report(router, {"request": await _describe(scope, receive)})
        instruction = _instruction(scope)
        await _misbehave(instruction)
        if not instruction.get("respondNothing"):
            await _respond(instruction.get("respond", {"body": "ok"}), send)

    return application


def secrets(router):
    def work(instruction):
        report(router, {"outcomes": read_secrets(instruction.get("read", []))})

    return _without_content(work)


def careless(router):
    def work(instruction):
        report(router, {})
        for call in instruction.get("read", []):
            read_secret(**call)

    return _without_content(work)


def logger(router):
    def work(instruction):
        report(router, {})
        write_logs(instruction.get("log", []))

    return _without_content(work)


def _without_content(work):
    async def application(scope, receive, send):
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        work(_instruction(scope))
        await _respond({"status": 204}, send)

    return application


def _headers(scope):
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]


def _instruction(scope):
    return json.loads(dict(_headers(scope)).get(INSTRUCTION, "{}"))


async def _describe(scope, receive):
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message["body"], message["more_body"]
    assert scope["path"].startswith(scope["root_path"])
    return describe(
        scope["method"],
        scope["scheme"],
        _headers(scope),
        base=scope["root_path"],
        raw_path=scope["raw_path"].decode("ascii"),
        query=scope["query_string"].decode("ascii"),
        body=body,
    )


async def _misbehave(instruction):
    if "pauseMs" in instruction:
        await asyncio.sleep(instruction["pauseMs"] / 1000)
    if "throw" in instruction:
        raise_error(expand(instruction["throw"]))
    if "abandon" in instruction:
        asyncio.create_task(_fail(expand(instruction["abandon"])))
    if "hang" in instruction or "abandon" in instruction:
        await asyncio.Event().wait()


async def _fail(messages):
    raise_error(messages)


async def _respond(respond, send):
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in respond.get("headers", [])]
    await send({"type": "http.response.start", "status": respond.get("status", 200), "headers": headers})
    for chunk in respond.get("chunks", []):
        await asyncio.sleep(0)
        if chunk is None:
            raise RuntimeError("the stream failed")
        await send({"type": "http.response.body", "body": chunk.encode(), "more_body": True})
    await send({"type": "http.response.body", "body": content_of(respond)})
