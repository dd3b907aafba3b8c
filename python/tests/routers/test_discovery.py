"""Which files of a directory are routers, and what a directory must not contain."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lazy_api.routers.discovery import discover_routers, locate
from lazy_api.routers.errors import LazyRouterError

from ..conftest import Write

PACKAGES = {"api/__init__.py": "", "api/v1/__init__.py": ""}


def discover(root: Path, directory: str = "api/v1") -> dict[str, str]:
    return discover_routers(os.path.join(root, directory), str(root), "router")


def test_modules_and_packages_are_routers_named_after_their_file(write: Write) -> None:
    root = write(
        {
            **PACKAGES,
            "api/v1/users.py": "",
            "api/v1/credit_cards/__init__.py": "",
            "api/v1/credit_cards/models.py": "",
            "api/v1/_helpers.py": "",
            "api/v1/_drafts/draft.py": "",
            "api/v1/.hidden.py": "",
            "api/v1/__pycache__/users.pyc": "",
            "api/v1/templates/mail.html": "",
            "api/v1/test_users.py": "",
            "api/v1/users_test.py": "",
            "api/v1/conftest.py": "",
            "api/v1/README.md": "",
        }
    )
    assert discover(root) == {"/credit_cards": "api.v1.credit_cards:router", "/users": "api.v1.users:router"}


def test_the_import_root_needs_no_init(write: Write) -> None:
    assert discover(write({"users.py": ""}), "") == {"/users": "users:router"}


@pytest.mark.parametrize(
    ("files", "code", "message"),
    [
        ({}, "ROUTERS_EMPTY", "must contain at least one router, got none; add a module, like users.py"),
        (
            {"api/v1/credit-cards.py": ""},
            "ENTRY_NAME",
            'credit-cards.py has a name that Python cannot import; rename it to "credit_cards", and pass a mapping, '
            'like {"/credit-cards": "...credit_cards:router"}',
        ),
        ({"api/v1/class.py": ""}, "ENTRY_NAME", 'rename it to "router_class"'),
        ({"api/v1/2024.py": ""}, "ENTRY_NAME", 'rename it to "router_2024"'),
        (
            {"api/v1/users.py": "", "api/v1/users/__init__.py": ""},
            "ROUTER_TWICE",
            'are both the router "/users"; keep one',
        ),
        ({"api/v1/users.py": "", "api/v1/Users.py": ""}, "ROUTER_TWICE", 'are both the router "/users"; keep one'),
        (
            {"api/v1/users/router.py": ""},
            "ROUTER_WITHOUT_INDEX",
            "users is a directory without __init__.py, so it cannot be a router; add ",
        ),
    ],
)
def test_refuses_what_is_no_router(write: Write, files: dict[str, str], code: str, message: str) -> None:
    root = write({**PACKAGES, **files})
    with pytest.raises(LazyRouterError) as raised:
        discover(root)
    assert raised.value.code == code
    assert message in str(raised.value)


def test_refuses_a_namespace_package(write: Write) -> None:
    root = write({"api/v1/__init__.py": "", "api/v1/users.py": ""})
    with pytest.raises(LazyRouterError, match=r"api has no __init__\.py, so it is a namespace package") as raised:
        discover(root)
    assert raised.value.code == "ROUTERS_NAMESPACE"


def test_refuses_a_directory_outside_the_import_root(write: Write) -> None:
    root = write({**PACKAGES, "api/v1/users.py": "", "other/main.py": ""})
    with pytest.raises(LazyRouterError, match=r"must be inside .*other, which Python imports the calling module from"):
        discover_routers(str(root / "api/v1"), str(root / "other"), "router")


def test_a_directory_that_starts_at_the_import_root_gets_the_path_that_works(write: Write) -> None:
    root = write({**PACKAGES, "app/main.py": ""})
    caller = {"__file__": str(root / "app/main.py"), "__name__": "app.main"}
    with pytest.raises(LazyRouterError, match=r'it starts at the calling module, so write "\.\./api/v1"'):
        locate("api/v1", caller)


def test_a_caller_without_a_file_is_told_to_pass_a_mapping() -> None:
    with pytest.raises(LazyRouterError, match="pass a mapping, like"):
        locate("api/v1", {"__name__": "__main__"})
