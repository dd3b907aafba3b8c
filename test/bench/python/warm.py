"""Runs blocks of warm requests: for each event on stdin, a line of JSON, it writes the mean time in ms to descriptor 3.

    python warm.py MODULE.HANDLER REQUESTS < events

stdout is for the request log, which Lambda reads from a pipe, too.
"""

import json
import os
import sys
from importlib import import_module
from time import perf_counter

sys.path[0] = os.getcwd()
module, _, name = sys.argv[1].rpartition(".")
requests = int(sys.argv[2])


class Context:
    aws_request_id = "8a2c1b7e-1f0c-4b52-9c7e-5d2b8f3a6e10"

    def get_remaining_time_in_millis(self):
        return 29_000


handler = getattr(import_module(module), name)
results = os.fdopen(3, "w")
for line in sys.stdin:
    event = json.loads(line)
    started = perf_counter()
    for _ in range(requests):
        result = handler(event, Context())
    mean = (perf_counter() - started) * 1000 / requests
    print(json.dumps([mean, result["statusCode"]]), file=results, flush=True)
