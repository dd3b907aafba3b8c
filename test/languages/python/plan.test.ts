/** What routers import is observed with the Python of this machine, and planned as for JavaScript. */
import * as path from 'path';
import { appModule, backend, built, handlerModule, indexOf, python } from './python-project';
import { checkBudgets } from '../../../lib/routers/budgets/budgets';
import { describeBuild } from '../../../lib/routers/asset/manifest';
import { PythonRouters } from '../../../lib/languages/python/routers';
import { PreloadPolicy } from '../../../lib/routers/preload/preload-policy';

const SHARED = {
  'shared/__init__.py': '',
  'shared/db.py': `from shared import model\n${'# a line of a large module\n'.repeat(40)}`,
  'shared/model.py': 'MODEL = 1\n',
  'shared/pdf.py': `${'# a line of a larger module\n'.repeat(100)}`,
};

const ROUTERS = {
  ...SHARED,
  'api/users.py': handlerModule('users', 'from shared import db'),
  'api/orders.py': handlerModule('orders', 'from shared.db import model'),
  'api/reports.py': handlerModule('reports', 'import shared.db', 'import shared.pdf'),
};

test('INIT imports what enough routers share, in the order in which the first router imports it, and leaves the rest lazy', () => {
  const build = built(python(backend(ROUTERS)), { memoryMb: 1769 });
  expect(indexOf(build)).toBe([
    'from lazy_api_main import handler, init',
    '',
    'init(',
    '    modules=[',
    '        "shared",',
    '        "shared.db",',
    '    ],',
    '    routers=[],',
    ')',
    '',
  ].join('\n'));
});
