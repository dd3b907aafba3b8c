import * as fs from 'fs';
import * as path from 'path';
import { publishInstallation, readInstallation, recordInstallation } from '../../../lib/routers/cache/installation';
import { markUsed, removeUnused } from '../../../lib/routers/cache/prune';
import { scratch, writeFiles } from '../../support/project';

function made(text: string): string {
  const directory = scratch();
  writeFiles(directory, { 'a/x.txt': text });
  recordInstallation(directory, [{ files: [{ path: 'a/x.txt' }] }]);
  return directory;
}

const textIn = (directory: string) => readInstallation(directory)?.map(({ files }) => files.map(({ source }) => fs.readFileSync(source, 'utf8')));

test('of two syntheses that finish the same installation, the first gives it its place', () => {
  const place = path.join(scratch(), 'place');
  publishInstallation(made('first'), place);
  publishInstallation(made('second'), place);
  expect(textIn(place)).toEqual([['first']]);
});

test('an installation that is damaged is replaced', () => {
  const place = path.join(scratch(), 'place');
  publishInstallation(made('first'), place);
  fs.writeFileSync(path.join(place, 'a/x.txt'), 'damaged');
  expect(textIn(place)).toBeUndefined();
  publishInstallation(made('second'), place);
  expect(textIn(place)).toEqual([['second']]);
});

test('an installation that is half there is none', () => {
  const directory = scratch();
  writeFiles(directory, { 'a/x.txt': '' });
  expect(readInstallation(directory)).toBeUndefined();
});

test('what was not used for a month goes, and what was used stays', () => {
  const cache = scratch();
  const day = 24 * 60 * 60 * 1000;
  writeFiles(cache, { 'old/x': '', 'used/x': '', 'new/x': '' });
  const past = new Date(Date.now() - 40 * day);
  for (const name of ['old', 'used']) fs.utimesSync(path.join(cache, name), past, past);
  markUsed(path.join(cache, 'used'));
  removeUnused(cache);
  expect(fs.readdirSync(cache).sort()).toEqual(['new', 'used']);
});
