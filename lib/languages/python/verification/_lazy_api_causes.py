"""Explains why the module of a router could not be imported: the error, and the probable cause with what helps."""

import linecache
import os
import re
import sys

import _lazy_api_host as host


def describe(error, file, asset):
    """The fields of a failure, from the exception that `load` raised."""
    if getattr(error, "code", None) == "ROUTER_EXPORT":
        return {"chunk": file, "message": str(error), "advice": "export"}
    cause = _root(error)
    frames = _frames(cause, asset)
    found = next(filter(None, (find(cause, frames, asset) for find in _CAUSES)), {})
    places = [_where(frames), _where_in_package(cause)]
    lines = [f"{type(cause).__name__}: {host.text_of(cause)}", *places, found.pop("hint", None)]
    return {"chunk": frames[-1][0] if frames else file, "message": "\n".join(filter(None, lines)), **found}


def _root(error):
    """What the module of the router raised: `RouterLoadError` only reports it."""
    while type(error).__name__ == "RouterLoadError" and error.__cause__ is not None:
        error = error.__cause__
    return error


def _frames(error, asset):
    """The lines of the asset that led to the error, without the runtime's own: (file, line, function)."""
    frames = []
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        relative = os.path.relpath(code.co_filename, asset).replace(os.sep, "/")
        if (
            not relative.startswith(("..", "lazy_api/", "lazy_api_main.py"))
            and not os.path.isabs(relative)
            and "<" not in relative
        ):
            frames.append((relative, traceback.tb_lineno, code.co_name))
        traceback = traceback.tb_next
    return frames


def _where(frames):
    if not frames:
        return None
    file, line, _ = frames[-1]
    return f"at {file}:{line}"


def _where_in_package(error):
    """The line of a package that raised the error, because the message may be about a module that it imports."""
    traceback = _last(error.__traceback__)
    file = traceback.tb_frame.f_code.co_filename if traceback else ""
    root = next((root for root in sys.argv[1:-1] if file.startswith(root + os.sep)), None)
    return f"in the package file {os.path.relpath(file, root)}:{traceback.tb_lineno}" if root else None


def _last(traceback):
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return traceback


def _line(frames, asset):
    return linecache.getline(os.path.join(asset, frames[-1][0]), frames[-1][1]).strip() if frames else ""


def _missing_module(error, frames, asset):
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return None
    name = _imported(_line(frames, asset)) or error.name
    name = name if name.startswith(error.name) else error.name
    works = _import_that_works(name, asset)
    if works:
        hint = f'"{name}" is named from another directory; in the asset, the import that works is "{works}"'
        return {"missingModule": error.name, "advice": "prefix", "hint": hint}
    native = _native_file(error.name, asset)
    if native:
        return {
            "missingModule": error.name,
            "advice": "native",
            "hint": f"{native} is for another Python or another architecture",
        }
    top = error.name.partition(".")[0]
    if os.path.exists(os.path.join(asset, top)) or os.path.exists(os.path.join(asset, f"{top}.py")):
        return {"missingModule": error.name, "advice": "module"}
    return {"missingModule": error.name, "advice": "lock"}


def _imported(line):
    match = re.match(r"(?:from|import)\s+([\w.]+)", line)
    return match and match[1]


def _import_that_works(name, asset):
    """The name without the directories in front of `entry`: `src.api.db` is `api.db` in the asset."""
    parts = name.split(".")
    for start in range(1, len(parts)):
        path = os.path.join(asset, *parts[start:])
        if os.path.exists(f"{path}.py") or os.path.isdir(path):
            return ".".join(parts[start:])
    return None


def _native_file(name, asset):
    for root in [asset, *sys.argv[1:-1]]:
        folder, stem = os.path.split(os.path.join(root, *name.split(".")))
        for file in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            if file.startswith(f"{stem}.") and file.endswith((".so", ".pyd")):
                return os.path.relpath(os.path.join(folder, file), root)
    return None


def _cycle(error, frames, asset):
    if "partially initialized module" not in str(error):
        return None
    files = [file for file, _, function in frames if function == "<module>"]
    partial = re.search(r"partially initialized module '([\w.]+)'", str(error))
    back = _file_of(partial[1], asset) if partial else None
    if back in files:
        files = [*files[files.index(back) :], back]
    return {"advice": "cycle", "hint": f"import cycle: {' > '.join(files)}"}


def _file_of(module, asset):
    path = module.replace(".", "/")
    return next(
        (file for file in (f"{path}.py", f"{path}/__init__.py") if os.path.exists(os.path.join(asset, file))), None
    )


def _relative(error, frames, asset):
    if isinstance(error, ImportError) and "relative import" in str(error):
        return {"advice": "relative"}
    return None


def _native(error, frames, asset):
    if isinstance(error, ImportError) and re.search(r"\.(so|pyd)\b|ELF|shared object|dlopen", str(error)):
        return {"advice": "native"}
    return None


def _file(error, frames, asset):
    if isinstance(error, FileNotFoundError) and error.filename is not None:
        return {"advice": "file", "hint": f"it reads the file {_shown(str(error.filename), asset)} when it is imported"}
    return None


def _directory(error, frames, asset):
    """StaticFiles of Starlette, and other code that checks a directory when it is created."""
    found = re.search(r"[Dd]irectory ['\"]?(.+?)['\"]? does not exist", str(error))
    if not isinstance(error, RuntimeError) or not found:
        return None
    return {"advice": "directory", "hint": f"it needs the directory {_shown(found[1], asset)} when it is imported"}


def _shown(path, asset):
    return os.path.relpath(path, asset) if path.startswith(asset) else path


def _variable(error, frames, asset):
    traceback = _last(error.__traceback__)
    if (
        isinstance(error, KeyError)
        and traceback
        and traceback.tb_frame.f_code.co_filename in ("<frozen os>", os.__file__)
    ):
        return {"advice": "variable", "hint": f"the environment variable {error.args[0]} is not set"}
    return None


def _settings(error, frames, asset):
    """The fields that pydantic-settings has not found in the environment."""
    names = [name for name, _, kind in host.problems_of(error) or [] if kind.endswith("missing")]
    if not names or not any("pydantic_settings" in file for file in _files_on(error.__traceback__)):
        return None
    return {"advice": "variable", "hint": f"settings without an environment variable: {', '.join(names)}"}


def _files_on(traceback):
    while traceback is not None:
        yield traceback.tb_frame.f_code.co_filename
        traceback = traceback.tb_next


def _network(error, frames, asset):
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if type(error).__name__ == "NetworkRefused" or "there is no network at synthesis" in str(error):
            return {"advice": "network"}
        error = error.__cause__ or error.__context__
    return None


def _newer(error, frames, asset):
    if not isinstance(error, SyntaxError) or error.filename is None:
        return None
    shown = os.path.relpath(error.filename, asset)
    return {"needsNewerRuntime": True, "advice": "syntax", "hint": f"at {shown}:{error.lineno}"}


_CAUSES = (
    _missing_module,
    _cycle,
    _relative,
    _network,
    _native,
    _file,
    _directory,
    _variable,
    _settings,
    _newer,
)
