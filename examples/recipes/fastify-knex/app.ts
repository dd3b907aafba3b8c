import { App, Stack } from 'aws-cdk-lib';
import { LazyApiFunction, Routers, Verify } from 'cdk-lazy-api';

new LazyApiFunction(new Stack(new App(), 'FastifyKnex'), 'Api', {
  routers: Routers.fromDirectory('src/routers'),
  bundling: {
    alias: { 'better-sqlite3': 'libsql' },
    nodeModules: ['libsql'],
    // Drivers of other databases that knex supports.
    externalModules: ['mariadb', 'mysql', 'mysql2', 'oracledb', 'pg', 'pg-query-stream', 'sqlite3', 'tedious'],
  },
  verify: Verify.atSynth({ requests: 'smoke.json' }),
});
