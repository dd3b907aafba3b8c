"""The fixture routers as WSGI applications."""

import json
import threading
from time import sleep

from fixtures import INSTRUCTION, content_of, describe, expand, raise_error, report


def web(router):
    def application(environ, start_response):
        report(router, {"request": _describe(environ)})
        instruction = json.loads(environ.get("HTTP_X_FIXTURE", "{}"))
        _misbehave(instruction)
        if instruction.get("respondNothing"):
            return []
        respond = instruction.get("respond", {"body": "ok"})
        start_response(f"{respond.get('status', 200)} Reason", [tuple(pair) for pair in respond.get("headers", [])])
        return _content(respond)

    return application


def _describe(environ):
    names = {"CONTENT_TYPE": "content-type", "CONTENT_LENGTH": "content-length"}
    headers = [(names[name], value) for name, value in environ.items() if name in names]
    headers += [(name[5:].lower().replace("_", "-"), value) for name, value in environ.items() if name.startswith("HTTP_")]
    raw_path, _, query = environ["RAW_URI"].partition("?")
    assert query == environ["QUERY_STRING"]
    return describe(
        environ["REQUEST_METHOD"],
        environ["wsgi.url_scheme"],
        [(name, value) for name, value in headers if name != INSTRUCTION],
        base=environ["SCRIPT_NAME"].encode("latin-1").decode("utf-8"),
        raw_path=raw_path,
        query=query,
        body=environ["wsgi.input"].read(),
    )


def _misbehave(instruction):
    if "pauseMs" in instruction:
        sleep(instruction["pauseMs"] / 1000)
    if "throw" in instruction:
        raise_error(expand(instruction["throw"]))
    if "abandon" in instruction:
        threading.Thread(target=raise_error, args=[expand(instruction["abandon"])], daemon=True).start()
    if "hang" in instruction or "abandon" in instruction:
        threading.Event().wait()


def _content(respond):
    for chunk in respond.get("chunks", []):
        if chunk is None:
            raise RuntimeError("the stream failed")
        yield chunk.encode()
    yield content_of(respond)
