/**
 * Equal sources must give equal assets.
 */
import { Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import { newApp, routerFile, Subject } from './project';
import { property } from '../run/concern';

export const SAME_ASSET = 'equal routers in any order give the same asset, and other routers give another asset';

const declared = fc.record({ texts: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 2, maxLength: 4 }), shared: fc.boolean(), change: fc.string({ maxLength: 5 }) });

export const sameAsset = property(SAME_ASSET, 6, declared, ({ texts, shared, change }, subject: Subject) => {
  routerFile('shared', 'export const shared = "shared";\n');
  const write = (name: string, body: string) => routerFile(name, `${shared ? 'import { shared } from "./shared";\n' : 'const shared = "own";\n'}export const handler = async () => ({ statusCode: 200, body: shared + ${JSON.stringify(body)} });\n`);
  const hash = (names: readonly string[], last: string) => {
    const routers = Object.fromEntries(names.map((name) => [`/${name}`, { entry: write(name, name === texts[0] ? last : name) }]));
    const app = newApp({ bundles: true });
    const { function: { node } } = new subject.LazyApiFunction(new Stack(app, 'Api'), 'Function', { routers: subject.Routers.fromMap(routers), verify: subject.Verify.off() });
    return (node.findChild('Code') as unknown as { readonly assetHash: string }).assetHash;
  };
  const first = hash(texts, 'x');
  expect(hash([...texts].reverse(), 'x')).toBe(first);
  if (change !== 'x') expect(hash(texts, change)).not.toBe(first);
});
