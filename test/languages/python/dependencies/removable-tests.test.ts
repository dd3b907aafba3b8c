import { removableTests } from '../../../../lib/languages/python/dependencies/installed/removable-tests';

const remove = (sources: { readonly [file: string]: string }) => removableTests(new Map(Object.entries(sources)));

test('directories with tests go, at any depth', () => {
  expect(remove({ 'a/__init__.py': '', 'a/tests/__init__.py': '', 'a/tests/deep/test_x.py': '', 'a/b/test/test_y.py': '', 'a/testing/x.py': '' })).toEqual(['a/b/test', 'a/tests']);
});

test.each<[string, string]>([
  ['an import', 'import django.test'],
  ['a name that is imported from it', 'from django.test.client import Client'],
  ['the package above it', 'from django import test\nfrom django.test import x'],
  ['a relative import', 'from .test import signals'],
  ['a relative import of the directory', 'from . import (test, other)'],
  ['a name in a string', 'import_module("django.test.signals")'],
])('a directory stays that another module needs by %s', (_, text) => {
  expect(remove({ 'django/core.py': text, 'django/test/__init__.py': '' })).toEqual([]);
});

test('a directory goes that only other tests need', () => {
  expect(remove({ 'a/__init__.py': '', 'a/tests/__init__.py': '', 'a/b/tests/test_x.py': 'from a.tests import helper' })).toEqual(['a/b/tests', 'a/tests']);
});

test('a relative import of another package says nothing about this one', () => {
  expect(remove({ 'a/b/x.py': 'from ..c.tests import y', 'a/b/tests/x.py': '', 'a/c/tests/y.py': '' })).toEqual(['a/b/tests']);
});
