"""Shared by the programs that run an application at synthesis: paths, reports, and a process without a network.

They run with `-I -S -B`, so that nothing of this machine but the standard library can be imported, and no bytecode is
written next to them.
"""

import gc
import json
import os
import signal
import sys

REPORTS = 3

# How many characters of an error are reported.
_MOST_TEXT = 4000

# Kept, because the code that runs here can replace what it likes.
_write, _exit, _fork, _waitpid, _kill = os.write, os._exit, os.fork, os.waitpid, os.kill


def read_input():
    return json.load(sys.stdin)


def report(line):
    data = f"\n{json.dumps(line)}\n".encode()
    while data:
        data = data[_write(REPORTS, data) :]


def use_paths(paths):
    """Imports come from these directories and from the standard library, as in Lambda.

    Packages keep their bytecode for the next synthesis. The process ends soon, so it collects no garbage: that takes a
    tenth of the time of imports.
    """
    sys.dont_write_bytecode = False
    gc.disable()
    standard = [path for path in sys.path if path != os.path.dirname(os.path.abspath(__file__))]
    sys.path[:] = [*paths, *standard]


class NetworkRefused(OSError):
    """Synthesis has no network, and code must be importable without one."""


# Every connection starts with one of these: https://docs.python.org/3/library/audit_events.html
_NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")


def refuse_network(on_use=lambda address: None):
    def audit(event, args):
        if event not in _NETWORK:
            return
        address = args[0] if event.startswith("socket.get") else args[1]
        # Sockets of the machine itself reach no network.
        if isinstance(address, (str, bytes)) and event in ("socket.connect", "socket.sendto"):
            return
        on_use(address)
        raise NetworkRefused(f"no connection to {address}: there is no network at synthesis")

    sys.addaudithook(audit)


def in_child(action, limit_ms):
    """Calls `action` in a copy of this process. Returns how the copy ended: None for an orderly end."""
    return end_of(start_child(action, limit_ms))


def start_child(action, limit_ms):
    child = _fork()
    if child == 0:
        set_limit(limit_ms)
        code = 1
        try:
            action()
            code = 0
        finally:
            _exit(code)
    return child


def end_of(child):
    return _ending_of(_waitpid(child, 0)[1])


def set_limit(limit_ms):
    """Ends this process after a time: that is the default action of the signal."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limit_ms / 1000)


def _ending_of(status):
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return "by time-out" if number == signal.SIGALRM else f"was killed by {signal.Signals(number).name}"
    code = os.WEXITSTATUS(status)
    return None if code == 0 else f"ended with exit code {code}"


def text_of(error):
    """The text of an error without the values that pydantic puts into it, because reports are kept and printed."""
    problems = problems_of(error)
    text = str(error) if problems is None else "\n".join(f"{name}: {problem}" for name, problem, _ in problems)
    return text[:_MOST_TEXT] or "no message"


def problems_of(error):
    """The fields of a ValidationError of pydantic. Its text has values, such as those of environment variables."""
    if type(error).__name__ != "ValidationError" or not hasattr(error, "errors"):
        return None
    return [(".".join(map(str, each["loc"])), each["msg"], each["type"]) for each in error.errors()]


def end():
    """Ends the process, so that nothing that the code started can delay the end."""
    _kill(os.getpid(), signal.SIGKILL)
