import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startComposedProgram, type ComposedProgram } from '../support/composed-program.ts';
import { startLoopbackServer, type LoopbackServer } from '../support/loopback-server.ts';
import { owner } from '../support/owner.ts';
import { createCaller } from './authorization/caller.ts';

let composed: ComposedProgram;
let elsewhere: LoopbackServer;
let sentBack = 0;

beforeAll(async () => {
  composed = await startComposedProgram({ WINDLASS_ALLOW_ENDPOINTS: '127.0.0.0/8,localhost' });
  // A folder of somebody who sends us back to ourselves.
  elsewhere = await startLoopbackServer((request, response) => {
    sentBack += 1;
    const location = `${composed.program.addresses.imagesUrl}/round${request.url ?? ''}`;
    response.writeHead(302, { location }).end();
  });
});

afterAll(async () => {
  await composed?.[Symbol.asyncDispose]();
  await elsewhere?.[Symbol.asyncDispose]();
});

test('a web folder that leads back to its own source ends after one turn', async () => {
  const { addresses } = composed.program;
  const caller = createCaller(addresses.publicUrl);
  const signedIn = await caller.send('POST', '/api/v1/sessions', owner);
  const me = z.looseObject({ memberships: z.array(z.looseObject({ teamId: z.string() })) });
  const team = me.parse(JSON.parse(signedIn.text)).memberships[0]?.teamId;
  const made = await caller.send('POST', `/api/v1/teams/${team}/sources`, {
    name: 'round',
    kind: 'web',
    webBaseUrl: elsewhere.url,
  });
  expect(made.status).toBe(201);
  sentBack = 0;
  const answer = await fetch(`${addresses.imagesUrl}/round/a.jpg`);
  expect([answer.status, await answer.text()]).toEqual([502, '502: The origin did not answer as expected\n']);
  expect(sentBack).toBe(1);
});
