"""routers/verification/smoke/send-requests.ts runs this file. It sends events to the handler of a built asset."""

import io
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "host"))
import _lazy_api_host as host
from _lazy_api_recorder import Recorder


class Context:
    """https://docs.aws.amazon.com/lambda/latest/dg/python-context.html"""

    function_name = "verification"
    function_version = "$LATEST"
    invoked_function_arn = "arn:aws:lambda:us-east-1:123456789012:function:verification"
    memory_limit_in_mb = "1024"
    log_group_name = "/aws/lambda/verification"
    log_stream_name = "verification"
    identity = None
    client_context = None
    tenant_id = None

    def __init__(self, index, limit_ms):
        self.aws_request_id = f"verification-{index}"
        self._deadline = time.monotonic() + limit_ms / 1000

    def get_remaining_time_in_millis(self):
        return max(0, int((self._deadline - time.monotonic()) * 1000))


class Watch:
    """What happens while a request is answered."""

    def __init__(self, asset):
        self._asset = asset
        self.lines = Lines(sys.stdout)
        sys.stdout = self.lines
        self.clear()
        host.refuse_network(self._use_network)
        sys.addaudithook(self._open)

    def clear(self):
        self.used_network = False
        self._looked_for = []
        self.lines.failures.clear()

    def _use_network(self, address):
        self.used_network = True

    def _open(self, event, args):
        if (
            event == "open"
            and isinstance(args[0], str)
            and args[0].startswith(self._asset)
            and args[0] not in self._looked_for
        ):
            self._looked_for.append(args[0])

    def missing_files(self):
        return [file for file in self._looked_for if not os.path.exists(file) and "__pycache__" not in file]


class Lines(io.TextIOBase):
    """The output, with the lines in which the function logs failures."""

    def __init__(self, stream):
        self._stream = stream
        self.failures = []

    def writable(self):
        return True

    def write(self, text):
        self.failures += filter(None, map(_failure, text.splitlines()))
        return self._stream.write(text)

    def flush(self):
        self._stream.flush()


def _failure(line):
    try:
        fields = json.loads(line)
        if fields.get("level") not in ("WARN", "ERROR") or "code" not in fields:
            return None
        error = fields.get("error")
        return (
            f"{fields['code']}: {error.get('message') if isinstance(error, dict) else error or fields.get('message')}"
        )
    except (ValueError, AttributeError):
        return None


def main():
    given = host.read_input()
    asset = given["asset"]
    host.use_paths([asset, *sys.argv[1:]])
    recorder = Recorder("lazy_api_index")
    sys.meta_path.insert(0, recorder)
    recorder.watch_statements()
    watch = Watch(asset)
    from lazy_api_index import handler

    for index, event in enumerate(given["events"]):
        host.report({"index": index, "state": "sending"})
        watch.clear()
        status = handler(event, Context(index, given["limitMs"])).get("statusCode")
        error = watch.lines.failures[-1] if watch.lines.failures else None
        answer = {"index": index, "state": "answered", "status": status, "usedNetwork": watch.used_network}
        host.report({**answer, "missingFiles": watch.missing_files(), **({"error": error} if error else {})})
    _report_imports(recorder.edges, [asset, *sys.argv[1:]])
    host.end()


def _report_imports(edges, roots):
    """In the files of the asset. What the standard library imports is no file of it."""
    pairs = {(importer, name): None for importer, imported in edges for name in _with_parents(imported)}
    files = {name: _file_in(roots, name) for pair in pairs for name in pair}
    for importer, imported in pairs:
        if files[importer] and files[imported]:
            host.report({"state": "imported", "from": files[importer], "file": files[imported]})


def _with_parents(name):
    parts = name.split(".")
    return [".".join(parts[: i + 1]) for i in range(len(parts))]


def _file_in(roots, name):
    file = getattr(getattr(sys.modules.get(name), "__spec__", None), "origin", None)
    root = next((root for root in roots if isinstance(file, str) and file.startswith(root + os.sep)), None)
    return os.path.relpath(file, root).replace(os.sep, "/") if root else None


main()
