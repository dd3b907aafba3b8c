import { BuildStatus } from '../../../lib/local/server/build-state';

test('a listener is called for each change, and reads the new state', () => {
  const build = new BuildStatus();
  const heard: string[] = [];
  build.onChange(() => heard.push(build.state.kind));
  expect(build.state).toEqual({ kind: 'built' });
  build.set({ kind: 'building' });
  build.set({ kind: 'failed', error: 'broken' });
  expect(heard).toEqual(['building', 'failed']);
});
