"""Runs the handler of a built asset: each line of stdin is an event, and each line of stdout its result."""

import json
import os
import sys
from types import SimpleNamespace


def main() -> None:
    # Router code may print, which must not mix with the results.
    results = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    sys.path.insert(0, sys.argv[1])
    from lazy_api_index import handler

    context = SimpleNamespace(aws_request_id="pytest", get_remaining_time_in_millis=lambda: 29_000)
    for line in sys.stdin:
        print(json.dumps(handler(json.loads(line), context)), file=results, flush=True)


main()
