"""The fixture router that is a Lambda proxy handler. Some of them are coroutine functions."""

import json
import threading
from time import sleep

from fixtures import INSTRUCTION, circular, expand, raise_error, report


def handler(router):
    def handle(event, context):
        instruction = _instruction(event)
        report(router, {"event": event})
        _misbehave(instruction)
        if instruction.get("returnNothing"):
            return None
        if instruction.get("returnCircular"):
            return circular()
        return expand(instruction["return"]) if "return" in instruction else {"statusCode": 200}

    async def handle_asynchronously(event, context):
        import asyncio

        await asyncio.sleep(0)
        return handle(event, context)

    return handle_asynchronously if len(router) % 4 else handle


def _instruction(event):
    return json.loads((event.get("headers") or {}).get(INSTRUCTION, "{}"))


def _misbehave(instruction):
    if "pauseMs" in instruction:
        sleep(instruction["pauseMs"] / 1000)
    if "throw" in instruction:
        raise_error(expand(instruction["throw"]))
    if "abandon" in instruction:
        threading.Thread(target=raise_error, args=[expand(instruction["abandon"])], daemon=True).start()
    if "hang" in instruction or "abandon" in instruction:
        threading.Event().wait()
