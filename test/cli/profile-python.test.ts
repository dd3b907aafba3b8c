/** `lazy-api profile` on a function with routers in Python, in Lambda's runtime client. */
import { lazyApi } from './support';
import { assetOf } from '../../lib/local/assembly/synthesized-api';
import { ProfileReport } from '../../lib/local/profile/profile-report';
import { HEAVY_SHOP, synthesizePython } from '../local/profile/python-support';
import { listFiles } from '../support/project';

const shop = synthesizePython();

test('every router is measured, and so are the same API without lazy loading and an empty function', () => {
  const before = listFiles(assetOf(shop));
  const { code, stdout, stderr } = lazyApi(['profile', '--app', shop.directory, '--rounds', '1', '--memory', '1769', '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { times, verdict } = JSON.parse(stdout) as ProfileReport;
  const [{ builds, failures }] = times!.sizes;
  const statuses = [['/api/health', 200], ['/api/orders', 200], ['/api/users', 200]];
  expect(failures).toEqual([]);
  expect(builds.lazy!.routers.map(({ prefix, status }) => [prefix, status])).toEqual(statuses);
  expect(builds.monolith!.routers.map(({ prefix, status }) => [prefix, status])).toEqual(statuses);
  expect(builds.monolith!.mean.loadMs).toBe(0);
  expect(builds.empty!.routers).toHaveLength(1);
  expect(verdict).toMatch(/^(Lazy loading|It is not certain)/);
  // As in Lambda, Python cannot write bytecode.
  expect(listFiles(assetOf(shop))).toEqual(before);
});

test('--base fails if a router gains a heavy import, and names the package', () => {
  const { code, stderr } = lazyApi(['profile', '--app', synthesizePython(HEAVY_SHOP).directory, '--base', shop.directory, '--counters-only']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^failed: \/api\/users: bytes [^]*\n {2}added heavy-frames, 300,\d{3} bytes, by backend\/api\/users\.py > backend\/shared\/export\.py > /);
});
