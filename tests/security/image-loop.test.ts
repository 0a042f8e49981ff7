import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { z } from 'zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compose, type Program } from '../../apps/server/src/compose.ts';
import { createConfig } from '../../apps/server/src/config/config.ts';
import { readSettings } from '../../apps/server/src/config/read-settings.ts';
import { owner } from '../support/owner.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { createCaller } from './authorization/caller.ts';

let directory: string;
let database: TestDatabase;
let program: Program;
let sentBack = 0;
/** A folder of somebody who sends us back to ourselves. */
const elsewhere = createServer((request, response) => {
  sentBack += 1;
  response.writeHead(302, { location: `${program.addresses.imagesUrl}/round${request.url ?? ''}` }).end();
});

beforeAll(async () => {
  elsewhere.listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  directory = await mkdtemp(join(tmpdir(), 'windlass-loop-'));
  database = await createTestDatabase({ maxConnections: 1 });
  const read = readSettings(
    {
      DATABASE_URL: database.url,
      WINDLASS_DATA: directory,
      WINDLASS_HOST: '127.0.0.1',
      WINDLASS_PORT: '0',
      WINDLASS_IMAGES_PORT: '0',
      WINDLASS_BUCKET: 'off',
      WINDLASS_DEMO: 'false',
      WINDLASS_ROLE: 'web',
      WINDLASS_OWNER_EMAIL: owner.email,
      WINDLASS_OWNER_PASSWORD: owner.password,
      WINDLASS_ALLOW_ENDPOINTS: '127.0.0.0/8,localhost',
    },
    [],
  );
  if (read.kind !== 'given') throw new Error(JSON.stringify(read));
  program = await compose(createConfig(read.given, '0.0.0'), pino({ level: 'silent' }));
});

afterAll(async () => {
  await program?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
  elsewhere.close();
  elsewhere.closeAllConnections();
  await rm(directory, { recursive: true, force: true });
});

test('a web folder that leads back to its own source ends after one turn', async () => {
  const caller = createCaller(program.addresses.publicUrl);
  const signedIn = await caller.send('POST', '/api/v1/sessions', owner);
  const me = z.looseObject({ memberships: z.array(z.looseObject({ teamId: z.string() })) });
  const team = me.parse(JSON.parse(signedIn.text)).memberships[0]?.teamId;
  // A TCP server's address is an AddressInfo.
  const webBaseUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
  const made = await caller.send('POST', `/api/v1/teams/${team}/sources`, {
    name: 'round',
    kind: 'web',
    webBaseUrl,
  });
  expect(made.status).toBe(201);
  sentBack = 0;
  const answer = await fetch(`${program.addresses.imagesUrl}/round/a.jpg`);
  expect([answer.status, await answer.text()]).toEqual([502, '502: The origin did not answer as expected\n']);
  expect(sentBack).toBe(1);
});
