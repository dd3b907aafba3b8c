"""Finds the routers of a directory: `users.py` and `users/__init__.py` are the router of `/users`.

Names that start with `_` or `.`, tests, and directories without Python files are skipped. The rules are those of the
construct's `PythonRouters.fromDirectory`, so that the application and the API have the same prefixes.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from keyword import iskeyword

from .errors import LazyRouterError


def discover_routers(directory: str, root: str, attribute: str) -> dict[str, str]:
    """The target of each prefix, sorted by name, so that the result is the same on every machine."""
    package = _package_of(directory, root)
    found: dict[str, str] = {}
    names: dict[str, str] = {}
    for entry in _list(directory):
        name = _router_name(directory, entry)
        if name is None:
            continue
        shown = os.path.join(directory, entry)
        _check_name(name, shown)
        twin = names.setdefault(name.lower(), shown)
        if twin != shown:
            raise LazyRouterError("ROUTER_TWICE", f'{twin} and {shown} are both the router "/{name.lower()}"; keep one')
        found[f"/{name}"] = ".".join([*package, name]) + f":{attribute}"
    if not found:
        message = f"{directory} must contain at least one router, got none; add a module, like users.py"
        raise LazyRouterError("ROUTERS_EMPTY", message)
    return found


def locate(directory: str | os.PathLike[str], caller: Mapping[str, object]) -> tuple[str, str]:
    """The directory, and the root that Python imports it from. A relative path starts at the calling module's file."""
    file = caller.get("__file__")
    if not isinstance(file, str):
        raise LazyRouterError(
            "ROUTERS_DIRECTORY", 'the calling module has no file; pass a mapping, like {"/users": "users:router"}'
        )
    home = os.path.dirname(os.path.abspath(file))
    root = _import_root(home, caller)
    path = os.path.normpath(os.path.join(home, directory))
    if not os.path.isdir(path):
        raise LazyRouterError("ROUTERS_DIRECTORY", _missing(os.fspath(directory), home, root))
    return path, root


def _missing(directory: str, home: str, root: str) -> str:
    looked_for = os.path.normpath(os.path.join(home, directory))
    message = f'directory must be an existing directory, got "{directory}"; looked for {looked_for}'
    other = os.path.join(root, directory)
    if os.path.isdir(other):
        return f'{message}; it starts at the calling module, so write "{os.path.relpath(other, home)}"'
    return f"{message}, because a relative path starts at the module that calls include_lazy_routers"


def _import_root(home: str, caller: Mapping[str, object]) -> str:
    """One directory up for each package that the calling module is in."""
    spec = caller.get("__spec__")
    name = str(getattr(spec, "name", None) or caller.get("__name__", ""))
    is_package = os.path.basename(str(caller.get("__file__"))).startswith("__init__.")
    for _ in range(name.count(".") + is_package):
        home = os.path.dirname(home)
    return home


def _package_of(directory: str, root: str) -> list[str]:
    relative = os.path.relpath(directory, root)
    parts = [] if relative == os.curdir else relative.split(os.sep)
    if os.pardir in parts or os.path.isabs(relative):
        message = f"{directory} must be inside {root}, which Python imports the calling module from; move it there"
        raise LazyRouterError("ROUTERS_DIRECTORY", message)
    folder = root
    for part in parts:
        folder = os.path.join(folder, part)
        _check_name(part, folder)
        _check_package(folder)
    return parts


def _check_package(folder: str) -> None:
    if not os.path.isfile(os.path.join(folder, "__init__.py")):
        message = (
            f"{folder} has no __init__.py, so it is a namespace package, which any other directory of that name can "
            f"hide; add an empty {os.path.join(folder, '__init__.py')}"
        )
        raise LazyRouterError("ROUTERS_NAMESPACE", message)


def _list(directory: str) -> list[str]:
    try:
        return sorted(os.listdir(directory))
    except OSError as cause:
        raise LazyRouterError("ROUTERS_DIRECTORY", f"directory must be readable, got {directory}; {cause}") from cause


def _router_name(directory: str, entry: str) -> str | None:
    """The path segment of an entry, or None if it is not a router."""
    path = os.path.join(directory, entry)
    is_directory = os.path.isdir(path)
    name, extension = (entry, "") if is_directory else os.path.splitext(entry)
    if name.startswith(("_", ".", "test_")) or name.endswith("_test") or name == "conftest":
        return None
    if is_directory and not any(file.endswith(".py") for file in _list(path)):
        # Templates and other data.
        return None
    if is_directory and not os.path.isfile(os.path.join(path, "__init__.py")):
        message = (
            f"{path} is a directory without __init__.py, so it cannot be a router; "
            f"add {os.path.join(path, '__init__.py')}, or rename it to _{entry} if it is not a router"
        )
        raise LazyRouterError("ROUTER_WITHOUT_INDEX", message)
    return name if is_directory or extension == ".py" else None


def _check_name(name: str, shown: str) -> None:
    if name.isidentifier() and not iskeyword(name):
        return
    valid = "".join(char if char.isalnum() else "_" for char in name)
    valid = valid if valid.isidentifier() and not iskeyword(valid) else f"router_{valid}"
    message = (
        f'{shown} has a name that Python cannot import; rename it to "{valid}", and pass a mapping, like '
        f'{{"/{name}": "...{valid}:router"}}, if the path must stay "/{name}"'
    )
    raise LazyRouterError("ENTRY_NAME", message)
