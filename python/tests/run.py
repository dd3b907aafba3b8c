"""Runs the tests of the Python package in virtual environments, which it creates in a cache directory.

    python python/tests/run.py                     # everything, on each Python of this machine
    python python/tests/run.py 3.13-newest lint    # some of it
    python python/tests/run.py 3.11-oldest -- -k lifespan

It uses uv if it is installed, and otherwise venv and pip. It needs the network for the package registry only.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHE = Path(os.environ.get("LAZY_API_CACHE", ROOT / ".cache"))

OLDEST = ["fastapi==0.92.0", "pydantic<2", "httpx<0.28"]
NEWEST = ["fastapi", "httpx2"]
COMMON = ["pytest", "python-multipart", "trio", "uvicorn", "websockets", "hypercorn", "flask", "mangum", "awslambdaric"]
SUITES = json.loads((ROOT / "tests/upstream/suites.json").read_text())
# With the linters, so that one environment serves both jobs.
UPSTREAM = sorted({requirement for suite in SUITES.values() for requirement in suite["requires"]} | {"mypy", "ruff"})

# name: (Python, requirements, commands)
TESTS = [["-m", "pytest", "-q"]]
COUNTS = {"passed": 0, "failed": 0, "error": 0}
JOBS: dict[str, tuple[str, list[str], list[list[str]]]] = {
    "lint": (
        "3.13",
        [*NEWEST, *COMMON, *UPSTREAM],
        [["-m", "ruff", "check", "."], ["-m", "mypy"], ["-m", "mypy", "tests/typed_usage.py", "tests/run.py"]],
    ),
    **{f"{python}-oldest": (python, [*OLDEST, *COMMON], TESTS) for python in ("3.11", "3.12", "3.13")},
    **{f"{python}-newest": (python, [*NEWEST, *COMMON], TESTS) for python in ("3.11", "3.12", "3.13", "3.14")},
    "upstream": ("3.13", [*NEWEST, *COMMON, *UPSTREAM], [["-m", "pytest", "-q", "-s", "tests/upstream"]]),
}


def main(arguments: list[str]) -> int:
    at = arguments.index("--") if "--" in arguments else len(arguments)
    names, extra = arguments[:at] or installed_jobs(), arguments[at + 1 :]
    unknown = [name for name in names if name not in JOBS]
    if unknown:
        print(f"{unknown[0]} is not a job; use {', '.join(JOBS)}", file=sys.stderr)
        return 2
    failed = [name for name in names if not run_job(name, extra)]
    print(f"failed: {', '.join(failed)}" if failed else f"passed: {', '.join(names)}")
    print(f"Tests: {COUNTS['failed'] + COUNTS['error']} failed, {COUNTS['passed']} passed")
    return 1 if failed else 0


def installed_jobs() -> list[str]:
    """All jobs whose Python is on this machine. .github/workflows/python.yml runs all jobs every night."""
    found = {version: find_python(version) is not None for version, *_ in JOBS.values()}
    missing = [version for version, is_there in found.items() if not is_there]
    if missing:
        print(f"left out, because these versions of Python are not installed: {', '.join(missing)}")
    return [name for name, (version, *_) in JOBS.items() if found[version]]


def run_job(name: str, extra: list[str]) -> bool:
    version, requirements, commands = JOBS[name]
    print(f"== {name}", flush=True)
    python = environment(version, requirements)
    if python is None:
        print(f"Python {version} is not installed; install it, or install uv, which can download it")
        return False
    # A pytest of the user's must not change what runs.
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "PYTHONPATH"))}
    clean["LAZY_API_CACHE"] = str(CACHE)
    return all(run([python, *command, *(extra if "pytest" in command else [])], clean) for command in commands)


def run(command: list[str], env: dict[str, str]) -> bool:
    """Shows the output, and counts the tests by the last line of pytest."""
    last = ""
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            last = line
    for count, outcome in re.findall(r"(\d+) (passed|failed|error)", last if "pytest" in command else ""):
        COUNTS[outcome] += int(count)
    return process.returncode == 0


def environment(version: str, requirements: list[str]) -> str | None:
    """The Python of an environment with these requirements, which is created when they change."""
    key = hashlib.sha256("\n".join([version, *requirements]).encode()).hexdigest()[:12]
    folder = CACHE / "environments" / f"{version}-{key}"
    python = str(folder / "bin" / "python")
    if (folder / "ready").exists():
        return python
    interpreter = find_python(version)
    if interpreter is None:
        return None
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([interpreter, "-m", "venv", str(folder)], check=True)
    uv = shutil.which("uv")
    install = [uv, "pip", "install", "--python", python] if uv else [python, "-m", "pip", "install"]
    subprocess.run([*install, "-q", *requirements], check=True)
    (folder / "ready").touch()
    return python


def find_python(version: str) -> str | None:
    commands = [[sys.executable], [f"python{version}"]]
    if shutil.which("uv"):
        commands.append(["uv", "python", "find", version])
    if shutil.which("pyenv"):
        commands.append(["pyenv", "prefix", latest_of_pyenv(version)])
    for command in commands:
        found = command[0]
        if len(command) > 1:
            output = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
            found = output if command[0] == "uv" else f"{output}/bin/python"
        if has_version(found, version):
            return found
    return None


def latest_of_pyenv(version: str) -> str:
    names = subprocess.run(["pyenv", "versions", "--bare"], capture_output=True, text=True, check=False).stdout.split()
    return next((name for name in reversed(names) if name.startswith(f"{version}.")), version)


def has_version(python: str, version: str) -> bool:
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        output = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False).stdout
    except OSError:
        return False
    return output.strip() == version


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
