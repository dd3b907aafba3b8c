import { BuildStatus } from '../../../lib/local/server/build-state';

test('who listens hears of each change, and reads the state as it is then', () => {
  const build = new BuildStatus();
  const heard: string[] = [];
  build.onChange(() => heard.push(build.state.kind));
  expect(build.state).toEqual({ kind: 'built' });
  build.set({ kind: 'building' });
  build.set({ kind: 'failed', error: 'broken' });
  expect(heard).toEqual(['building', 'failed']);
});
