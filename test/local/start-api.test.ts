import { findApis } from '../../lib/local/assembly/find-apis';
import { createCpuLimit } from '../../lib/local/lambda/cpu-limit';
import { startApi } from '../../lib/local/start-api';
import { NODE } from '../cli/support';
import { newApi, newApp, newStack } from '../support/app';

jest.mock('../../lib/local/lambda/cpu-limit');
const limits = jest.mocked(createCpuLimit);

async function notesOf(options: { readonly memoryMb?: number }) {
  const app = newApp();
  newApi({}, newStack({}, app));
  const { notes, close } = await startApi(findApis(app.synth().directory)[0], { node: NODE, ...options });
  await close();
  return notes.filter((note) => note.includes('CPU'));
}

describe('the CPU', () => {
  test('is not limited unless the options have a memory size', async () => {
    expect(await notesOf({})).toEqual([]);
    expect(limits).not.toHaveBeenCalled();
  });

  test('is limited if the system allows it', async () => {
    limits.mockReturnValue({ enter: () => () => {} });
    expect(await notesOf({ memoryMb: 128 })).toEqual([]);
    expect(limits).toHaveBeenCalledWith(128);
  });

  test('is not limited on other systems, and a note says what the limit requires', async () => {
    limits.mockReturnValue(undefined);
    expect(await notesOf({ memoryMb: 128 })).toEqual(['the function has the full CPU: its share at 128 MB takes Linux, root, and control groups that can be written to']);
  });
});
