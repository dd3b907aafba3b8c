import * as fs from 'fs';
import * as path from 'path';
import { GUIDES } from '../../docs/site/sidebar';

test('the sidebar contains every guide exactly once', () => {
  const guides = fs.readdirSync(path.join(__dirname, '../../docs')).filter((file) => file.endsWith('.md')).map((file) => path.parse(file).name);
  expect(Object.values(GUIDES).flatMap((pages) => Object.keys(pages)).sort()).toEqual(guides.sort());
});
