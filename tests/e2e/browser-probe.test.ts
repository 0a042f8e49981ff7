import { PutBucketCorsCommand } from '@aws-sdk/client-s3';
import {
  checkConnection,
  createConnection,
  createTeam,
  finishBrowserProbe,
  startBrowserProbe,
} from '@windlass/contract';
import type { CorsRule } from '@windlass/policy/generate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signedIn } from '../support/api-client.ts';
import { startCeph, type Ceph } from '../support/ceph/start-ceph.ts';
import { makeBucketScene, type BucketScene } from '../support/checked/bucket-scene.ts';
import { launchChromium } from '../support/chromium.ts';
import { owner, ownerEnvironment } from '../support/owner.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { startSharedPostgresServer } from '../support/shared-postgres-server.ts';
import { lacks } from '../support/test-skip.ts';

type Requests = Awaited<ReturnType<typeof probe>>['requests'];
let client: Awaited<ReturnType<typeof signedIn>>;
let params: Parameters<typeof client.call<typeof startBrowserProbe>>[1]['params'];
const probe = () => client.call(startBrowserProbe, { params });

/** As the page's own code sends them: a request that CORS refuses looks like one that never came through. */
const sendFrom = (page: Page, requests: Requests) =>
  page.evaluate(
    (given) =>
      Promise.all(
        given.map(async ({ step, method, url, headers, body }) => {
          const answer = await fetch(url, { method, headers, body, credentials: 'omit' }).catch(() => null);
          return {
            step,
            status: answer?.status ?? null,
            etag: answer?.headers.get('etag') ?? null,
            durationMilliseconds: 1,
          };
        }),
      ),
    requests,
  );

// A real browser, a page of the server's origin, and a bucket of another maker on another origin.
describe.skipIf(lacks('ceph') || lacks('chromium'))('the probe of a real browser on Ceph', () => {
  let ceph: Ceph;
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let scene: BucketScene & Disposable;

  beforeAll(async () => {
    ceph = await startCeph();
    server = await startSharedPostgresServer({
      env: { ...ownerEnvironment, WINDLASS_ALLOW_ENDPOINTS: '127.0.0.1' },
    });
    scene = await makeBucketScene(
      { provider: 'ceph', endpoint: ceph.endpoint, region: ceph.region, owner: ceph.root, versions: true },
      { cors: false },
    );
    client = await signedIn(server.url, owner.email, owner.password);
    const team = await client.call(createTeam, { body: { name: 'Browsers' } });
    const { accessKeyId, secretAccessKey } = ceph.root;
    const made = await client.call(createConnection, {
      params: { teamId: team.id },
      body: {
        name: 'gallery',
        provider: 'ceph',
        bucket: scene.bucket,
        endpoint: ceph.endpoint,
        addressing: 'path',
        prefix: 'in/',
        jobs: ['gallery'],
        credentials: { accessKeyId, secretAccessKey },
      },
    });
    params = { teamId: team.id, connectionId: made.id };
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(server.url);
  });
  afterAll(async () => {
    await browser?.close();
    scene?.[Symbol.dispose]();
    await server?.[Symbol.asyncDispose]();
    await ceph?.[Symbol.asyncDispose]();
  });

  const run = async () => {
    const checked = await client.call(checkConnection, { params });
    const { token, requests } = await probe();
    const results = await sendFrom(page, requests);
    const report = await client.call(finishBrowserProbe, { params, body: { token, results } });
    const stateOf = (id: string) => report.rows.find((row) => row.id === id)?.state;
    return { checked, report, results, stateOf };
  };

  test('sees what CORS keeps from it, and with the rule that the check shows it sees everything', async () => {
    const before = await run();
    expect(before.results.map(({ status }) => status)).toEqual([null, null]);
    for (const id of ['preflight', 'browserPut', 'browserGet']) expect(before.stateOf(id)).toBe('missing');
    expect(before.report.state).toBe('degraded');

    const shown = before.report.rows.find(({ id }) => id === 'preflight')?.statement?.json ?? '';
    const rules = JSON.parse(shown) as CorsRule[];
    const mutable = rules.map((rule) => ({
      AllowedOrigins: [...rule.AllowedOrigins],
      AllowedMethods: [...rule.AllowedMethods],
      AllowedHeaders: [...(rule.AllowedHeaders ?? [])],
      ExposeHeaders: [...(rule.ExposeHeaders ?? [])],
    }));
    await scene.s3.send(
      new PutBucketCorsCommand({ Bucket: scene.bucket, CORSConfiguration: { CORSRules: mutable } }),
    );
    const after = await run();
    expect(after.results.map(({ status }) => status)).toEqual([200, 206]);
    for (const id of ['preflight', 'browserPut', 'browserGet', 'browserEtag'])
      expect(after.stateOf(id)).toBe('ok');
    expect(after.report.state).toBe('active');
    expect(await scene.leftovers()).toEqual([]);
  });
});
