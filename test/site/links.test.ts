import { imageOnSite, linkOnSite } from '../../docs/site/links';

const REPOSITORY = 'https://github.com/cdk-lazy-api/cdk-lazy-api';

describe('a link on a page of the site', () => {
  test.each([
    ['a guide', 'docs/routers.md', 'bundling.md#decorators', '/bundling.md#decorators'],
    ['the page itself', 'docs/routers.md', '#fetch-routers', '#fetch-routers'],
    ['a decision', 'docs/routers.md', 'adr/0005-dispatch-by-route.md', '/decisions/0005-dispatch-by-route.md'],
    ['the list of decisions', 'docs/adr/0001-one-esbuild-pass.md', 'README.md', '/decisions/index.md'],
    ['the folder of decisions', 'README.md', 'docs/adr', '/decisions/index.md'],
    ['the API reference', 'docs/routers.md', '../API.md#cdk-lazy-api.Routers', '/api.md#cdk-lazy-api.Routers'],
    ['README', 'docs/routers.md', '../README.md', '/get-started.md'],
    ['a guide, by its address on GitHub', 'README.md', `${REPOSITORY}/blob/main/docs/routers.md#fetch-routers`, '/routers.md#fetch-routers'],
    ['the list of decisions, by its address on GitHub', 'README.md', `${REPOSITORY}/tree/main/docs/adr/`, '/decisions/index.md'],
    ['a page that does not exist, so that the build fails', 'docs/routers.md', 'none.md', '/none.md'],
    ['a release', 'README.md', `${REPOSITORY}/releases`, `${REPOSITORY}/releases`],
    ['another site', 'docs/routers.md', 'https://hono.dev/docs#x', 'https://hono.dev/docs#x'],
  ])('leads to %s', (_, page, link, expected) => expect(linkOnSite(page, link)).toBe(expected));

  test.each([
    ['a file', 'docs/performance.md', '../test/bench/LOG.md', `${REPOSITORY}/blob/main/test/bench/LOG.md`],
    ['a folder', 'docs/bundling.md', '../examples/recipes/nest', `${REPOSITORY}/tree/main/examples/recipes/nest`],
    ['a heading of a file', 'docs/testing.md', '../CONTRIBUTING.md#style', `${REPOSITORY}/blob/main/CONTRIBUTING.md#style`],
  ])('leads to GitHub for %s that is not a page', (_, page, link, expected) => expect(linkOnSite(page, link)).toBe(expected));
});

test('an image of the repository has a relative path, also if its address is on GitHub, and other images have none', () => {
  expect(imageOnSite('docs/performance.md', 'cold-start.svg')).toBe('./cold-start.svg');
  expect(imageOnSite('README.md', 'https://raw.githubusercontent.com/cdk-lazy-api/cdk-lazy-api/main/docs/architecture.svg')).toBe('./docs/architecture.svg');
  expect(imageOnSite('docs/site/index.md', '../architecture.svg')).toBe('../architecture.svg');
  expect(imageOnSite('README.md', 'https://img.shields.io/npm/v/cdk-lazy-api')).toBeUndefined();
});
