"""Starts a function in Lambda's runtime client, as the bootstrap of Lambda's Python does.

    python -s -S -P bootstrap.py HANDLER [PACKAGES]

PACKAGES is a directory of packages that replace those of the function's own directory on this machine.
"""

from __future__ import annotations

import os
import signal
import sys
from _thread import start_new_thread

# A pipe that closes when the process that started this one has ended, regardless of how.
_LIFELINE = 3


def _end_with_parent() -> None:
    os.read(_LIFELINE, 1)
    os.kill(os.getpid(), signal.SIGKILL)


def main(handler: str, *packages: str) -> None:
    start_new_thread(_end_with_parent, ())
    here = os.path.dirname(os.path.abspath(__file__))
    client = os.path.join(here, "awslambdaric")
    own = sys.path[:]
    # As in Lambda, the client and what it imports come from the runtime, regardless of the function's packages.
    sys.path[:0] = [here, client]
    import simplejson_speedups

    sys.modules["simplejson._speedups"] = simplejson_speedups
    from awslambdaric.__main__ import main as run

    # The directories of the function are as read-only as in Lambda.
    sys.dont_write_bytecode = True
    sys.path[:] = [*packages, os.environ["LAMBDA_TASK_ROOT"], *own, client]
    sys.argv = [__file__]
    run([__file__, handler])


main(*sys.argv[1:])
