import { text as readText } from 'node:stream/consumers';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Drop } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDropScene, type DropScene } from '../../../../../../tests/support/drop-scene.ts';
import { codeOf } from '../../../../../../tests/support/source-scene.ts';
import { solve } from '../testing/solve-challenge.ts';

let scene: DropScene;
/** Judges responses as hCaptcha does: `good` passes. */
let judge: Server;
const asked: URLSearchParams[] = [];
beforeAll(async () => {
  judge = createServer((request, response) => {
    void readText(request).then((body) => {
      const form = new URLSearchParams(body);
      asked.push(form);
      if (form.get('response') === 'broken') return response.writeHead(500).end('oh no');
      const success = request.method === 'POST' && form.get('response') === 'good';
      return response.end(JSON.stringify(success ? { success } : { success, 'error-codes': ['invalid'] }));
    });
  }).listen(0, '127.0.0.1');
  await once(judge, 'listening');
  // A TCP server's address is an AddressInfo.
  const { port } = judge.address() as AddressInfo;
  scene = await createDropScene({ hcaptchaVerifyUrl: `http://127.0.0.1:${port}/siteverify` });
});
afterAll(async () => {
  await scene?.[Symbol.asyncDispose]();
  judge.close();
  judge.closeAllConnections();
});

const ours = '192.0.2.1';
const start = (drop: Drop, given: object, network = ours) =>
  codeOf(scene.drops.pages.start(drop.name, network, given));

/** What a browser brings after its work. */
const solved = async (drop: Drop, network = ours) => {
  const challenge = await scene.drops.pages.challenge(drop.name, network);
  return { salt: challenge.salt, nonce: solve(challenge) };
};

describe('a password', () => {
  it('lets in who knows it', async () => {
    const drop = await scene.create({ access: 'password', password: 'correct horse' });
    expect(await start(drop, {})).toBe('wrongPassword');
    expect(await start(drop, { password: 'battery staple' })).toBe('wrongPassword');
    expect(await start(drop, { password: 'correct horse' })).toBe('ok');
  });

  it('is not guessed from one address, nor from many', async () => {
    const drop = await scene.create({ access: 'pin', password: '2468' });
    const tries: string[] = [];
    for (let pin = 1000; pin < 1011; pin += 1) tries.push(await start(drop, { password: String(pin) }));
    expect(tries.slice(0, 10)).toEqual(Array<string>(10).fill('wrongPassword'));
    expect(tries[10]).toBe('tooManyRequests');
    // Also the right one, from there: else the answer would tell.
    expect(await start(drop, { password: '2468' })).toBe('tooManyRequests');
    expect(await start(drop, { password: '2468' }, '192.0.2.2')).toBe('ok');
    for (let from = 0; from < 19; from += 1) {
      for (let at = 0; at < 10; at += 1) await start(drop, { password: '0000' }, `198.51.100.${from}`);
    }
    expect(await start(drop, { password: '0000' }, '203.0.113.1')).toBe('tooManyRequests');
    expect(await start(drop, { password: '2468' }, '203.0.113.2')).toBe('tooManyRequests');
    // One page's trouble is not another's.
    const other = await scene.create({ access: 'pin', password: '2468' });
    expect(await start(other, { password: '2468' })).toBe('ok');
  });

  it('that is right gives back the tries that were wrong', async () => {
    const drop = await scene.create({ access: 'pin', password: '2468' });
    for (let round = 0; round < 3; round += 1) {
      for (let at = 0; at < 5; at += 1) expect(await start(drop, { password: '0000' })).toBe('wrongPassword');
      expect(await start(drop, { password: '2468' })).toBe('ok');
    }
  });
});

it('one address begins so many orders an hour on a page', async () => {
  const drop = await scene.create();
  const codes: string[] = [];
  for (let at = 0; at < 61; at += 1) codes.push(await start(drop, {}));
  expect(codes.filter((code) => code === 'ok')).toHaveLength(60);
  expect(codes.at(-1)).toBe('tooManyRequests');
  expect(await start(drop, {}, '192.0.2.2')).toBe('ok');
});

describe('the work that begins an order', () => {
  it('counts once, on its page, for its network, in its time', async () => {
    const drop = await scene.create({ challenge: 'proofOfWork' });
    const other = await scene.create({ challenge: 'proofOfWork' });
    const proof = await solved(drop);
    expect(await start(drop, {})).toBe('challengeFailed');
    expect(await start(drop, { proof: { hcaptchaResponse: 'good' } })).toBe('challengeFailed');
    expect(await start(other, { proof })).toBe('challengeFailed');
    expect(await start(drop, { proof }, '192.0.2.2')).toBe('challengeFailed');
    expect(await start(drop, { proof: { ...proof, nonce: `${proof.nonce}1` } })).toBe('challengeFailed');
    const codes = await Promise.all([start(drop, { proof }), start(drop, { proof })]);
    expect(codes.toSorted()).toEqual(['challengeFailed', 'ok']);
    const late = await solved(drop);
    scene.clock.forward({ minutes: 10 });
    expect(await start(drop, { proof: late })).toBe('challengeFailed');
  });

  it('is not lost to a wrong password, and gives no second try for it', async () => {
    const drop = await scene.create({ challenge: 'proofOfWork', access: 'pin', password: '2468' });
    const proof = await solved(drop);
    expect(await start(drop, { proof, password: '0000' })).toBe('wrongPassword');
    expect(await start(drop, { proof, password: '2468' })).toBe('ok');
    expect(await start(drop, { proof, password: '2468' })).toBe('challengeFailed');
  });

  it('grows while a page is busy, and is less again when it is calm', async () => {
    const drop = await scene.create({ challenge: 'proofOfWork' });
    const difficulty = async () => (await scene.drops.pages.challenge(drop.name, ours)).difficulty;
    expect(await difficulty()).toBe(16);
    const expiresAt = new Date(scene.clock.now().getTime() + 60_000);
    const busy = Array.from({ length: 80 }, (_, at) => ({
      hash: `${drop.id}${at}`,
      dropId: drop.id,
      expiresAt,
    }));
    await scene.db.insertInto('usedChallenges').values(busy).execute();
    expect(await difficulty()).toBe(19);
    scene.clock.forward({ minutes: 2 });
    expect(await difficulty()).toBe(16);
  });
});

describe('hCaptcha', () => {
  const secret = 'a secret of hCaptcha';
  const page = () =>
    scene.create({ challenge: 'hcaptcha', hcaptchaSiteKey: 'our-site', hcaptchaSecret: secret });

  it('is asked with the secret of the page, and believed', async () => {
    const drop = await page();
    expect((await scene.drops.pages.page(drop.name)).hcaptchaSiteKey).toBe('our-site');
    expect(await start(drop, { proof: { hcaptchaResponse: 'bad' } })).toBe('challengeFailed');
    expect(await start(drop, { proof: { hcaptchaResponse: 'good' } })).toBe('ok');
    expect(Object.fromEntries(asked.at(-1) ?? [])).toEqual({ secret, sitekey: 'our-site', response: 'good' });
    expect(await start(drop, { proof: { salt: 'x', nonce: '1' } })).toBe('challengeFailed');
  });

  it('that does not answer as it should lets nobody in, and its secret is in no line of the log', async () => {
    const drop = await page();
    expect(await start(drop, { proof: { hcaptchaResponse: 'broken' } })).toBe('unavailable');
    const lines = JSON.stringify(scene.log.lines);
    expect(lines).toContain('hCaptcha could not be asked');
    expect(lines).not.toContain(secret);
  });
});
