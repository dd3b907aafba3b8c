"""Compiles modules to hash-based bytecode.

It reads a job from stdin as JSON: "root" and "into", two directories; "prefix", the directory that tracebacks name;
"checked", whether Python compares the source before it uses the bytecode; "files", paths below "root"; and "problems",
a file. It appends a line of JSON to "problems" for each module that does not compile.

Each module is compiled in a fork of the same process, because the bytecode of a module depends on what the process has
compiled before: https://github.com/python/cpython/issues/129724
"""

import json
import os
import sys
from importlib.util import MAGIC_NUMBER, source_hash
from marshal import dumps

HASH_BASED = 0b01
CHECK_SOURCE = 0b10


def compile_module(job, path):
    """Writes the bytecode of one module. https://docs.python.org/3/reference/import.html#pyc-invalidation"""
    with open(os.path.join(job["root"], path), "rb") as file:
        source = file.read()
    code = compile(source, job["prefix"] + "/" + path, "exec", dont_inherit=True, optimize=0)
    flags = HASH_BASED | (CHECK_SOURCE if job["checked"] else 0)
    folder, name = os.path.split(path)
    cache = os.path.join(job["into"], folder, "__pycache__")
    os.makedirs(cache, exist_ok=True)
    with open(os.path.join(cache, name[:-3] + "." + sys.implementation.cache_tag + ".pyc"), "wb") as file:
        file.write(MAGIC_NUMBER + flags.to_bytes(4, "little") + source_hash(source) + dumps(code))


def try_module(job, path):
    try:
        compile_module(job, path)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as error:
        problem = {"path": path, "message": getattr(error, "msg", None) or str(error), "line": getattr(error, "lineno", None)}
        with open(job["problems"], "a", encoding="utf-8") as file:
            file.write(json.dumps(problem) + "\n")


def fork_module(job, path):
    """Returns the ID of the process that compiles the module."""
    process = os.fork()
    if process != 0:
        return process
    status = 1
    try:
        try_module(job, path)
        status = 0
    finally:
        os._exit(status)


def await_one(processes):
    process, status = os.wait()
    processes.discard(process)
    if status != 0:
        raise SystemExit("a process that compiles ended with status %d" % status)


def main():
    sys.setrecursionlimit(10000)
    job = json.load(sys.stdin)
    if not hasattr(os, "fork"):
        for path in job["files"]:
            try_module(job, path)
        return
    processes = set()
    most = os.cpu_count() or 1
    for path in job["files"]:
        if len(processes) >= most:
            await_one(processes)
        processes.add(fork_module(job, path))
    while processes:
        await_one(processes)


main()
