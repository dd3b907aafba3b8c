/**
 * These tests check `export default express.Router()`. Bundling finds the Express that the router uses, and the runtime mounts the router in an app.
 */
import * as fs from 'fs';
import * as path from 'path';
import { Routers, Verify } from '../../../lib';
import { findExpress } from '../../../lib/languages/javascript/find-express';
import { answerOf } from '../../conformance/answer';
import { lambdaNodes } from '../../lambda-node';
import { TestEnvironment } from '../../lambda-node/environment';
import { http2 } from '../../runtime/events';
import { assetOf, newApi } from '../../support/app';
import { handlerSource, listFiles, project } from '../../support/project';

const FRAMEWORKS = path.join(__dirname, '../../frameworks/node_modules');

/** Creates a project in which a version of Express is installed. */
function projectWith(files: { readonly [file: string]: string }, express = 'express'): string {
  const root = project(files);
  fs.mkdirSync(path.join(root, 'node_modules'));
  fs.symlinkSync(path.join(FRAMEWORKS, express), path.join(root, 'node_modules/express'), 'junction');
  return root;
}

const ROUTER = `
  import { Router } from 'express';
  const users = Router();
  users.get('/:id', (request, response) => { response.json({ id: request.params.id, baseUrl: request.baseUrl, ip: request.ip }); });
  users.post('/fail', () => { throw Object.assign(new Error('teapot'), { status: 418 }); });
  export default users;`;

test.each(['express4', 'express'])('a router of %s responds as in its own app, including 404 and errors', async (express) => {
  const root = projectWith({ 'src/routers/users.ts': ROUTER }, express);
  const asset = assetOf(newApi({ routers: Routers.fromDirectory(path.join(root, 'src/routers')), verify: Verify.atSynth() }));
  const environment = await TestEnvironment.start(lambdaNodes[0], asset);
  const ask = async (method: string, target: string) => {
    const event = http2({ method, path: `/users${target}`, resource: '/users/{proxy+}' });
    const { status, bytes } = answerOf((await environment.invoke({ requestId: 'request', event }))!);
    return [status, Buffer.from(bytes).toString()];
  };
  expect(await ask('GET', '/7')).toEqual([200, '{"id":"7","baseUrl":"/users","ip":"203.0.113.7"}']);
  expect(await ask('POST', '/fail')).toEqual([418, expect.stringContaining('teapot')]);
  expect(await ask('GET', '/7/none')).toEqual([404, expect.stringContaining('Cannot GET /users/7/none')]);
  await environment.lambda.end();
});

test('the asset contains no code for Express routers if there are none', () => {
  const root = projectWith({ 'src/routers/app.ts': 'import express from "express"; export default express();', 'src/routers/users.ts': handlerSource('users') });
  const asset = assetOf(newApi({ routers: Routers.fromDirectory(path.join(root, 'src/routers')) }));
  expect(listFiles(asset).filter((file) => /^shared\/express-/.test(file))).toEqual([]);
  expect(fs.readFileSync(path.join(asset, 'main.mjs'), 'utf8')).not.toContain('express:');
});

const found = expect.stringMatching(/frameworks\/node_modules\/express\/index\.js$/);

test.each([
  ['import { Router } from "express"; export default Router();', [], found],
  ['import express from \'express\'; export default express.Router({ mergeParams: true });', [], found],
  ['const express = require("express"); module.exports = express.Router();', [], found],
  ['import { Router } from "express"; export default Router();', ['express'], 'express'],
  ['import express from "express"; export default express();', [], undefined],
  ['import { Router } from "itty-router"; export default Router();', [], undefined],
])('findExpress returns the Express that creates the router, if any: %s, with the external modules %j', (source, externals, expected) => {
  expect(findExpress('src/users.ts', projectWith({ 'src/users.ts': source }), externals)).toEqual(expected);
});

test('findExpress returns undefined if Express is not installed', () => {
  expect(findExpress('src/users.ts', project({ 'src/users.ts': ROUTER }), [])).toBeUndefined();
});
