"""lazy_api/loading.py"""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from lazy_api import loading
from lazy_api.loading import RouterLoadError, RouterModule

from .conftest import Write

ONCE = """
    import os, time
    time.sleep(0.05)
    os.environ["LOADS"] = os.environ.get("LOADS", "") + "x"
    router = object()
"""

FAILS_AT_FIRST = """
    import os
    from . import models, parent_user
    if "HEALTHY" not in os.environ:
        raise ConnectionError("the database does not respond")
    router = models.router
"""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(loading, "monotonic", lambda: clock.now)
    return clock


class Clock:
    now = 100.0


def load_error(module: RouterModule) -> RouterLoadError:
    with pytest.raises(RouterLoadError) as raised:
        module.load()
    return raised.value


def test_does_not_import_the_module_before_load(write: Write) -> None:
    write({"lazy_users.py": "router = 'users'"})
    module = RouterModule("/users", "lazy_users:router")
    assert (module.loaded, "lazy_users" in sys.modules) == (False, False)
    assert (module.load(), module.loaded, module.value) == ("users", True, "users")


def test_imports_once_when_many_threads_need_the_router(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOADS", raising=False)
    write({"once_router.py": ONCE})
    module = RouterModule("/once", "once_router:router")
    with ThreadPoolExecutor(8) as pool:
        values = list(pool.map(lambda _: module.load(), range(8)))
    import os

    assert os.environ["LOADS"] == "x"
    assert len({id(value) for value in values}) == 1


def test_two_routers_that_import_each_other_in_two_threads_see_complete_modules(write: Write) -> None:
    slow = "import time; time.sleep(0.05)\n"
    write(
        {
            "cycle_a.py": slow
            + "def late():\n    import cycle_b\n    return cycle_b.router\nimport cycle_b\nrouter = 'a'",
            "cycle_b.py": slow + "import cycle_a\nrouter = 'b'",
        }
    )
    modules = [RouterModule("/a", "cycle_a:router"), RouterModule("/b", "cycle_b:router")]
    barrier = threading.Barrier(2)

    def load(module: RouterModule) -> object:
        barrier.wait()
        return module.load()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(load, modules)) == ["a", "b"]


def test_a_failed_package_leaves_nothing_in_sys_modules_and_loads_again(
    write: Write, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    write(
        {
            "failing/__init__.py": FAILS_AT_FIRST,
            "failing/models.py": "router = 'failing'",
            "failing/parent_user.py": "import failing\nshared = failing",
            "healthy_helper.py": "",
        }
    )
    module = RouterModule("/failing", "failing:router")
    error = load_error(module)
    assert (error.prefix, error.target, error.code) == ("/failing", "failing:router", "ROUTER_LOAD_FAILED")
    assert isinstance(error.__cause__, ConnectionError)
    assert str(error).endswith("(failing:router) cannot be loaded: ConnectionError: the database does not respond")
    assert [name for name in sys.modules if name.startswith("failing")] == []
    monkeypatch.setenv("HEALTHY", "1")
    clock.now += 1
    assert module.load() == "failing"
    assert sys.modules["failing"].models is sys.modules["failing.models"]
    assert sys.modules["failing.parent_user"].shared is sys.modules["failing"]


def test_a_failure_forgets_modules_that_hold_a_part_of_the_failed_one_and_keeps_healthy_ones(write: Write) -> None:
    write(
        {
            "broken_router.py": "class Base: pass\nimport keeps_base, uses_keeper, healthy\nraise ValueError('no')",
            "keeps_base.py": "from broken_router import Base",
            "uses_keeper.py": "import keeps_base",
            "healthy.py": "import json",
        }
    )
    load_error(RouterModule("/broken", "broken_router:router"))
    names = ("broken_router", "keeps_base", "uses_keeper", "healthy", "json")
    assert [name in sys.modules for name in names] == [False, False, False, True, True]


def test_a_submodule_that_fails_leaves_its_healthy_parent(write: Write) -> None:
    write({"parent/__init__.py": "ready = True", "parent/child.py": "raise ValueError('no')"})
    load_error(RouterModule("/child", "parent.child:router"))
    assert "parent.child" not in sys.modules
    assert not hasattr(sys.modules["parent"], "child")


def test_a_module_that_is_forgotten_is_no_attribute_of_its_package_any_more(write: Write) -> None:
    write(
        {
            "old_package/__init__.py": "",
            "old_package/keeper.py": "from broken_base import Base",
            "broken_base.py": "class Base: pass\nimport old_package.keeper\nraise ValueError('no')",
        }
    )
    import old_package  # type: ignore[import-not-found]

    load_error(RouterModule("/broken", "broken_base:router"))
    assert sys.modules["old_package"] is old_package
    assert not hasattr(old_package, "keeper")


def test_modules_of_a_cause_are_forgotten_too(write: Write) -> None:
    write(
        {
            "outer.py": "try:\n    import inner\nexcept KeyError as error:\n    raise RuntimeError('outer') from error",
            "inner/__init__.py": "from . import part\nraise KeyError('inner')",
            "inner/part.py": "",
        }
    )
    load_error(RouterModule("/outer", "outer:router"))
    assert "inner.part" not in sys.modules


def test_waits_1_10_and_60_seconds_between_attempts(
    write: Write, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    monkeypatch.setenv("ATTEMPTS", "")
    write({"flaky.py": "import os\nos.environ['ATTEMPTS'] += 'x'\nraise OSError('no')"})
    module = RouterModule("/flaky", "flaky:router")
    import os

    attempts = []
    for wait in (0, 0.9, 0.1, 9.9, 0.1, 59, 1, 59, 1):
        clock.now += wait
        assert str(load_error(module).__cause__) == "no"
        attempts.append(len(os.environ["ATTEMPTS"]))
    assert attempts == [1, 1, 2, 2, 3, 3, 4, 4, 5]


@pytest.mark.parametrize("source", ["import no_such_module_at_all", "def router(:"])
def test_a_mistake_in_the_code_is_not_tried_again(write: Write, clock: Clock, source: str) -> None:
    root = write({"mistake.py": source})
    module = RouterModule("/mistake", "mistake:router")
    load_error(module)
    (root / "mistake.py").write_text("router = 1")
    clock.now += 1000
    assert load_error(module).code == "ROUTER_LOAD_FAILED"


def test_a_module_that_ends_the_process_fails_like_any_other(write: Write) -> None:
    write({"exits.py": "import sys; sys.exit('no configuration')"})
    assert "SystemExit: no configuration" in str(load_error(RouterModule("/exits", "exits:router")))


def test_a_missing_attribute_is_named_with_one_that_looks_like_a_router(write: Write) -> None:
    pytest.importorskip("starlette")
    write({"named.py": "from starlette.routing import Router\napi = Router()"})
    error = load_error(RouterModule("/named", "named:router"))
    assert error.code == "ROUTER_EXPORT"
    assert str(error).endswith('module "named" has no attribute "router"; did you mean "api"?')


def test_an_attribute_can_have_dots(write: Write) -> None:
    write({"holder.py": "class api:\n    router = 'inner'"})
    assert RouterModule("/holder", "holder:api.router").load() == "inner"


def test_a_module_that_loads_its_own_router_fails_with_the_cycle(write: Write) -> None:
    write({"own.py": "import registry_of_test\nregistry_of_test.module.load()\nrouter = 1", "registry_of_test.py": ""})
    import registry_of_test  # type: ignore[import-not-found]

    registry_of_test.module = RouterModule("/own", "own:router")
    assert "import cycle" in str(load_error(registry_of_test.module))


@pytest.mark.parametrize("target", ["api.users", "api/users.py:router", ":router", "users:", ".users:router", ""])
def test_a_target_that_is_not_a_module_and_an_attribute_is_refused(target: str) -> None:
    with pytest.raises(ValueError, match='target must be "module:attribute"'):
        RouterModule("/users", target)
