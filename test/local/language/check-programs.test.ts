import { checkPrograms } from '../../../lib/local/language/check-programs';
import { NODE } from '../../../lib/local/node/node-language';
import { PYTHON } from '../../../lib/local/python/python-language';

test('a program that no function runs on is an error that names the right option', () => {
  expect(() => checkPrograms({ python: '/usr/bin/python3' }, [NODE])).toThrow('--python must be left out for functions in JavaScript, got "/usr/bin/python3"; use --node PATH');
  expect(() => checkPrograms({ node: 'node' }, [PYTHON, PYTHON])).toThrow('--node must be left out for functions in Python, got "node"; use --python PATH');
});

test('both options work for routers in Python with an authorizer in JavaScript', () => {
  expect(() => checkPrograms({ node: 'node', python: 'python3' }, [PYTHON, NODE])).not.toThrow();
  expect(() => checkPrograms({}, [NODE])).not.toThrow();
});
