import { beforeEach, describe, expect, it } from 'vitest';
import { createMovingClock, type MovingClock } from '../../../../../tests/support/moving-clock.ts';
import { Secret } from '../../kernel/secret.ts';
import type { RoleSession } from '../../platform/s3/index.ts';
import { createSessionCache, type SessionCache } from './session-cache.ts';

const { signal } = new AbortController();
let clock: MovingClock;
let cache: SessionCache;
let made = 0;
beforeEach(() => {
  clock = createMovingClock();
  cache = createSessionCache({ clock });
  made = 0;
});

const make = async (): Promise<RoleSession> => {
  made += 1;
  return {
    credentials: {
      accessKeyId: `ASIA${made}`,
      secretAccessKey: new Secret('s'),
      sessionToken: new Secret('t'),
    },
    expiresAt: new Date(clock.now().getTime() + 15 * 60_000),
  };
};
const get = (key = 'a'): Promise<string> =>
  cache.get(key, signal, make).then(({ credentials }) => credentials.accessKeyId);

describe('the session cache', () => {
  it('makes one session for everybody who asks at once, and one for each key', async () => {
    expect(await Promise.all([get(), get(), get(), get('b')])).toEqual(['ASIA1', 'ASIA1', 'ASIA1', 'ASIA2']);
  });

  it('keeps a session until two minutes before its end', async () => {
    await get();
    clock.forward({ minutes: 12, seconds: 59 });
    expect(await get()).toBe('ASIA1');
    clock.forward({ seconds: 1 });
    expect(await get()).toBe('ASIA2');
  });

  it('asks for a role that could not be assumed again after five seconds, and no sooner', async () => {
    let tries = 0;
    const failing = () =>
      cache.get('a', signal, async () => {
        tries += 1;
        throw new Error('refused');
      });
    for (let call = 0; call < 5; call += 1) await expect(failing()).rejects.toThrow('refused');
    expect(tries).toBe(1);
    clock.forward({ seconds: 5 });
    expect(await get()).toBe('ASIA1');
  });

  it('drops a session that was refused, but none that is new', async () => {
    await get();
    clock.forward({ seconds: 59 });
    expect(cache.drop('a')).toBe(false);
    clock.forward({ seconds: 1 });
    expect(cache.drop('a')).toBe(true);
    expect(await get()).toBe('ASIA2');
  });

  it('lets one caller go without taking the session from the others', async () => {
    const slow = Promise.withResolvers<RoleSession>();
    const leaving = new AbortController();
    const first = cache.get('a', leaving.signal, () => slow.promise);
    const second = cache.get('a', signal, make);
    leaving.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    slow.resolve(await make());
    expect((await second).credentials.accessKeyId).toBe('ASIA1');
  });

  it('keeps 2,000 sessions, and forgets what was not used longest', async () => {
    for (let key = 0; key < 2000; key += 1) await get(`k${key}`);
    await get('k0');
    await get('one more');
    expect(await get('k0')).toBe('ASIA1');
    expect(await get('k1')).toBe('ASIA2002');
  });
});
