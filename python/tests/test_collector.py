"""Imports run without the garbage collector, and requests do not look at what they have created."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import pytest

from lazy_api.entry import create_lazy_api

from .conftest import Write
from .lambda_half import Context, http_event

# A hundred thousand objects that the collector tracks. By default, it looks at them dozens of times.
MANY_OBJECTS = """
import gc
before = sum(generation["collections"] for generation in gc.get_stats())
objects = [[] for _ in range(100_000)]
collections = sum(generation["collections"] for generation in gc.get_stats()) - before
def handler(event, context): return {"statusCode": 200}
"""


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)


def test_init_imports_without_collections_and_freezes_the_objects(write: Write) -> None:
    write({"many.py": MANY_OBJECTS})
    before = gc.get_threshold()
    _, init, _ = create_lazy_api([("/users", "many:handler", {})], traits={})
    init(modules=["many"])
    assert sys.modules["many"].collections == 0
    assert gc.get_freeze_count() > 100_000
    assert (gc.isenabled(), gc.get_threshold()) == (True, before)


def test_the_first_request_imports_its_router_without_collections(write: Write) -> None:
    write({"many.py": MANY_OBJECTS})
    handler, init, _ = create_lazy_api([("/users", "many:handler", {})], traits={})
    init()
    frozen, before = gc.get_freeze_count(), gc.get_threshold()
    assert handler(http_event(), Context())["statusCode"] == 200
    assert sys.modules["many"].collections == 0
    assert gc.get_freeze_count() > frozen + 100_000
    assert gc.get_threshold() == before


def test_a_failed_import_leaves_the_collector_on(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write({"broken.py": "raise ValueError('no')"})
    before = gc.get_threshold()
    handler, init, _ = create_lazy_api([("/users", "broken:handler", {})], traits={})
    init(modules=["broken"])
    assert handler(http_event(), Context())["statusCode"] == 500
    assert gc.get_threshold() == before
    assert capsys.readouterr().out


def test_requests_to_a_broken_router_freeze_nothing(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write({"broken.py": "raise ValueError('no')"})
    handler, init, _ = create_lazy_api([("/users", "broken:handler", {})], traits={})
    init()
    assert handler(http_event(), Context())["statusCode"] == 500
    frozen = gc.get_freeze_count()
    # What another request has created.
    others = [[] for _ in range(1000)]  # type: ignore[var-annotated]
    assert handler(http_event(), Context())["statusCode"] == 500
    # Less, if an object that was frozen by INIT is deleted.
    assert gc.get_freeze_count() <= frozen
    assert len(others) == 1000
    assert capsys.readouterr().out


@pytest.mark.parametrize("statement", ["gc.disable()", "gc.set_threshold(10_000, 20, 30)"])
def test_what_a_module_sets_itself_stays(write: Write, statement: str) -> None:
    before = gc.get_threshold()
    write({"tuned.py": f"import gc\n{statement}\nwanted = gc.isenabled(), gc.get_threshold()"})
    _, init, _ = create_lazy_api([("/users", "tuned:handler", {})], traits={})
    init(modules=["tuned"])
    enabled, threshold = gc.isenabled(), gc.get_threshold()
    gc.enable()
    wanted_enabled, wanted_threshold = sys.modules["tuned"].wanted
    assert enabled is wanted_enabled
    assert threshold == (wanted_threshold if enabled else before)
