/** `lazy-api profile` on a function with routers in Python. */
import { lazyApi } from './support';
import { HEAVY_SHOP, synthesizePython } from '../local/profile/python-support';

test('--base fails if a router gains a heavy import, and names the package', () => {
  const [base, heavy] = [synthesizePython(), synthesizePython(HEAVY_SHOP)].map(({ directory }) => directory);
  const { code, stderr } = lazyApi(['profile', '--app', heavy, '--base', base, '--counters-only']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^failed: \/api\/users: bytes [^]*\n {2}added heavy-frames, 300,\d{3} bytes, by backend\/api\/users\.py > backend\/shared\/export\.py > /);
});
