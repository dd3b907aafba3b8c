/** Which modules of a directory are routers. */
import { PythonRouters } from '../../../lib';
import { LazyApiError } from '../../../lib/private/errors';
import { scratch, writeFiles } from '../../support/project';

describe('routers of a directory', () => {
  const directory = (files: Record<string, string>) => {
    const root = scratch();
    writeFiles(root, files);
    return root;
  };
  const namesIn = (files: Record<string, string>) => PythonRouters.fromDirectory(directory(files))._pythonRouters.map(({ prefix }) => prefix);

  test('are modules and packages, without private names, tests and directories without modules', () => {
    expect(namesIn({
      'users.py': '', 'orders/__init__.py': '', '_shared.py': '', '__init__.py': '', 'test_users.py': '', 'users_test.py': '', 'conftest.py': '',
      'templates/a.html': '', 'notes.txt': '', '.hidden/__init__.py': '', 'legacy_faxes.py': '',
    })).toEqual(['/legacy_faxes', '/orders', '/users']);
  });

  test.each<[string, Record<string, string>, string, RegExp]>([
    ['a name with a dash', { 'legacy-faxes.py': '' }, 'ENTRY_NAME', /legacy-faxes\.py must have a name that Python can import.*rename it to legacy_faxes\.py/],
    ['a name that means something else to Python', { 'import.py': '' }, 'ENTRY_NAME', /got "import\.py"; rename it to import_\.py/],
    ['a directory without __init__.py', { 'orders/views.py': '' }, 'ROUTER_WITHOUT_INDEX', /orders is a directory without __init__\.py.*rename it to _orders/],
    ['two files for one router', { 'users.py': '', 'users/__init__.py': '' }, 'ROUTER_TWICE', /are both the router "users"; keep one/],
    ['no router', { 'README.md': '' }, 'ROUTERS_EMPTY', /must contain at least one router, got none; add a module, like users\.py/],
  ])('%s fails', (_, files, code, message) => {
    const error = expect.objectContaining({ code, message: expect.stringMatching(message) }) as LazyApiError;
    expect(() => namesIn(files)).toThrow(error);
  });
});
