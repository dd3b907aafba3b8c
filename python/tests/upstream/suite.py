"""Downloads the source distribution of an installed package, and runs tests of it with and without lazy inclusion."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
SUITES: dict[str, dict[str, list[str] | str]] = json.loads((HERE / "suites.json").read_text())

# The tests turn warnings into errors, and their configuration needs plugins that change no result.
CONFIGURATION = "[pytest]\nasyncio_mode = auto\nfilterwarnings = ignore\naddopts = --import-mode=prepend\n"


@dataclass
class Run:
    """The outcome of each test, and how many routers were included lazily, and loaded by a test."""

    outcomes: dict[str, str]
    included: int
    loaded: int


def run_suite(package: str, cache: Path, lazy: bool) -> Run:
    source = download(package, cache)
    (source / "pytest.ini").write_text(CONFIGURATION)
    outcomes = source / f"outcomes-{'lazy' if lazy else 'eager'}.json"
    outcomes.unlink(missing_ok=True)
    environment = {
        **os.environ,
        "LAZY_API_OUTCOMES": str(outcomes),
        "PYTHONPATH": os.pathsep.join([str(_plugin(cache)), str(source)]),
        "LAZY_API_SHIM": package if lazy else "",
    }
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--tb=short",
        "--continue-on-collection-errors",
        "-p",
        "tests_shim",
    ]
    command += select(package, source)
    log = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)
    (source / f"log-{'lazy' if lazy else 'eager'}.txt").write_text(log.stdout + log.stderr)
    if not outcomes.exists():
        raise RuntimeError(f"pytest wrote no outcomes:\n{log.stdout[-4000:]}{log.stderr[-4000:]}")
    return Run(**json.loads(outcomes.read_text()))


def download(package: str, cache: Path) -> Path:
    """The unpacked sources of the version that is installed."""
    name = f"{package}-{version(package)}"
    folder = cache / "sources"
    if not (folder / name / "tests").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", package, "-d", str(folder)]
        subprocess.run([*pip, f"{package}=={version(package)}"], check=True)
        with tarfile.open(folder / f"{name}.tar.gz") as archive:
            archive.extractall(folder, filter="data")
    # The tests must use the package that is installed.
    for copy in (folder / name / package,):
        if copy.is_dir():
            copy.rename(folder / name / f"_{package}")
    return folder / name


def select(package: str, source: Path) -> list[str]:
    """The files of tests: those that are listed, or those that use a name, also in the example that they test."""
    suite = SUITES[package]
    if "files" in suite:
        return [file for file in suite["files"] if (source / file).exists()]
    word = str(suite["select"])
    examples = {file.relative_to(source).parts[1] for file in _using(source / "docs_src", word)}
    tutorials = [f"tests/test_tutorial/test_{name}" for name in sorted(examples)]
    files = [str(file.relative_to(source)) for file in _using(source / "tests", word)]
    paths = [*(file for file in files if "test_tutorial" not in file), *tutorials]
    return [path for path in paths if (source / path).exists() and Path(path).name.startswith("test_")]


def _using(folder: Path, word: str) -> list[Path]:
    return [file for file in sorted(folder.rglob("*.py")) if word in file.read_text(encoding="utf-8")]


def _plugin(cache: Path) -> Path:
    """A directory with the shim and the package. Not ours, because it has a package `tests` as the sources have."""
    folder = cache / "plugin"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE.parents[1] / "lazy_api", folder / "lazy_api")
    shutil.copy(HERE / "shim.py", folder / "tests_shim.py")
    return folder
