import { createDrop } from '@windlass/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { createCaller, type Caller } from '../security/authorization/caller.ts';
import { owner, ownerEnvironment } from '../support/owner.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { startSharedPostgresServer } from '../support/shared-postgres-server.ts';

let server: ServerProcess;
let ada: Caller;
let origin: string;
let team: string;
let connectionId: string;

const sent = async <Schema extends z.ZodType>(
  path: string,
  body: object,
  schema: Schema,
): Promise<z.output<Schema>> => {
  const { status, text } = await ada.send('POST', path, body);
  if (status !== 201) throw new Error(`${path}: ${status} ${text}`);
  return schema.parse(JSON.parse(text));
};

beforeAll(async () => {
  const allow = { WINDLASS_BUCKET: 'off', WINDLASS_ALLOW_ENDPOINTS: '127.0.0.1:9' };
  server = await startSharedPostgresServer({ env: { ...ownerEnvironment, ...allow } });
  origin = new URL(server.url).origin;
  ada = createCaller(origin);
  const me = z.object({ memberships: z.array(z.object({ teamId: z.string() })) });
  const { memberships } = await sent('/api/v1/sessions', owner, me);
  team = `/api/v1/teams/${memberships[0]?.teamId}`;
  const connection = {
    name: 'photos',
    provider: 'other',
    bucket: 'photos',
    endpoint: 'http://127.0.0.1:9',
    addressing: 'path',
    jobs: ['ingest'],
  };
  connectionId = (await sent(`${team}/connections`, connection, z.object({ id: z.string() }))).id;
});
afterAll(() => server?.[Symbol.asyncDispose]());

const make = (name: string, changes: object) =>
  sent(
    `${team}/drops`,
    { name, connectionId, title: 'Prints', challenge: 'none', ...changes },
    createDrop.response,
  );

/** What the document at an address says of frames and scripts. */
const policyOf = async (path: string) => {
  const { headers } = await fetch(`${origin}${path}`, { headers: { accept: 'text/html' } });
  const policy = headers.get('content-security-policy') ?? '';
  const directive = (name: string) => new RegExp(`(?:^|; )${name} ([^;]*)`).exec(policy)?.[1];
  return {
    ancestors: directive('frame-ancestors'),
    scripts: directive('script-src'),
    old: headers.get('x-frame-options'),
  };
};

it('the document of an order page may be framed as its page says, and so may those of its orders', async () => {
  await make('anywhere', {});
  await make('listed', { embedOrigins: ['https://lab.example'] });
  const order = await sent('/api/v1/order-pages/listed/orders', {}, z.object({ statusUrl: z.string() }));
  const own = "'self'";
  expect(await policyOf('/d/anywhere')).toEqual({ ancestors: '*', scripts: own, old: null });
  const listed = { ancestors: 'https://lab.example', scripts: own, old: null };
  expect(await policyOf('/d/listed')).toEqual(listed);
  expect(await policyOf(new URL(order.statusUrl).pathname)).toEqual(listed);
  const unframed = { ancestors: "'none'", scripts: own, old: 'DENY' };
  for (const path of ['/d/never-was', `/o/${'x'.repeat(43)}`, '/', '/drops']) {
    expect(await policyOf(path)).toEqual(unframed);
  }
});

it('loads scripts of hCaptcha where the page asks it, and nowhere else', async () => {
  await make('guarded', {
    challenge: 'hcaptcha',
    hcaptchaSiteKey: 'site',
    hcaptchaSecret: 'a secret of hCaptcha',
  });
  expect((await policyOf('/d/guarded')).scripts).toBe("'self' https://hcaptcha.com https://*.hcaptcha.com");
});
