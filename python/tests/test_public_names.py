"""lazy_api/__init__.py"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import lazy_api

# Each part of the package, with one of its names and a module that only another part needs.
PARTS = [
    ("get_logger", {"lazy_api.secrets", "lazy_api.routers", "starlette"}),
    ("get_secret", {"lazy_api.routers", "starlette", "asyncio"}),
    ("RouterLoadError", {"lazy_api.secrets", "lazy_api.routers", "starlette"}),
]


def test_each_public_name_is_there_and_typed() -> None:
    tree = ast.parse(Path(lazy_api.__file__).read_text())
    typed = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert typed - {"annotations", "import_module"} == set(lazy_api._PUBLIC)
    for name in lazy_api._PUBLIC:
        assert getattr(lazy_api, name).__name__ == name
        assert name in dir(lazy_api)


@pytest.mark.parametrize(("name", "others"), PARTS)
def test_importing_one_name_does_not_load_the_other_parts(name: str, others: set[str]) -> None:
    code = f"from lazy_api import {name}; import sys; print(*({others} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "\n"


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(ImportError, match="cannot import name 'no_such_name'"):
        from lazy_api import no_such_name  # type: ignore[attr-defined]  # noqa: F401
