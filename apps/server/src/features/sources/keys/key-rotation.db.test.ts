import type { Source } from '@windlass/contract';
import { verifySignature } from '@windlass/images';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMovingClock, type MovingClock } from '../../../../../../tests/support/moving-clock.ts';
import { codeOf, createSourceScene, type SourceScene } from '../../../../../../tests/support/source-scene.ts';
import { createVault } from '../../../platform/crypto/vault.ts';
import { createKeyring } from '../../../platform/crypto/keyring.ts';
import { createSourceResolver } from '../resolve-source.ts';
import { createKeyRotation } from './key-rotation.ts';
import { keysInForce } from './keys-in-force.ts';
import { revealKeys, takenSigningKeys, type SourceSigningKeys } from './signing-keys.ts';

let clock: MovingClock;
let scene: SourceScene;
beforeAll(async () => {
  clock = createMovingClock();
  scene = await createSourceScene({ clock });
});
afterAll(() => scene[Symbol.asyncDispose]());

const secured = async () => {
  const { source, signingKeys } = await scene.create({ secured: true });
  return { source, first: revealKeys(signingKeys!) };
};
const rotate = async (source: Source, overlapSeconds: number) => {
  const { keys, previousUntil } = await scene.sources.rotateKeys(scene.actors.admin, scene.at(source), {
    overlapSeconds,
  });
  return { keys: revealKeys(keys!), previousUntil };
};
const revealed = (pairs: readonly SourceSigningKeys[] = []) => pairs.map(revealKeys);
/** As a process sees it that has just started. */
const accepted = async ({ name }: Source) =>
  revealed((await createSourceResolver({ ...scene, clock }).resolve(name))?.signingKeys);
const shownUntil = async (source: Source) =>
  (await scene.sources.show(scene.actors.member, scene.at(source))).previousSigningKeyUntil;
const rowOf = ({ id }: Source) =>
  scene.db.selectFrom('sources').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

describe('a rotation of signing keys', () => {
  it('lets both pairs be accepted for a while, and shows for how long', async () => {
    const { source, first } = await secured();
    const { keys: second, previousUntil } = await rotate(source, 3600);
    expect(second).not.toEqual(first);
    expect(await accepted(source)).toEqual([second, first]);
    expect(await shownUntil(source)).toBe(previousUntil?.toISOString());
    clock.forward({ seconds: 3599 });
    expect(await accepted(source)).toEqual([second, first]);
    clock.forward({ seconds: 1 });
    expect(await accepted(source)).toEqual([second]);
    expect(await shownUntil(source)).toBeNull();
    const { url } = await scene.sources.buildUrl(scene.actors.member, scene.at(source), {
      path: 'a.jpg',
      parameters: {},
    });
    expect(url).toContain('signature=');
  });

  it('without an overlap ends the old pair at once', async () => {
    const { source, first } = await secured();
    const { keys: second, previousUntil } = await rotate(source, 0);
    expect(previousUntil).toBeNull();
    expect(await accepted(source)).toEqual([second]);
    expect(second).not.toEqual(first);
  });

  it('within an overlap lets the oldest pair go: there are never three', async () => {
    const { source } = await secured();
    const { keys: second } = await rotate(source, 3600);
    const { keys: third } = await rotate(source, 3600);
    expect(await accepted(source)).toEqual([third, second]);
  });

  it('takes a pair that was made elsewhere, keeps it in standard base64 and does not show it', async () => {
    const { source, first } = await secured();
    const sent = { secureKey: '-_-_'.repeat(4), secureSalt: 'c2FsdC1zYWx0LXNhbHQ' };
    const kept = { secureKey: '+/+/'.repeat(4), secureSalt: 'c2FsdC1zYWx0LXNhbHQ=' };
    const options = { overlapSeconds: 3600, given: takenSigningKeys(sent) };
    const rotated = await scene.sources.rotateKeys(scene.actors.admin, scene.at(source), options);
    expect(rotated.keys).toBeNull();
    expect(await accepted(source)).toEqual([kept, first]);
    expect((await rowOf(source)).signingKeysSealed).not.toContain(kept.secureKey);
    const { url } = await scene.sources.buildUrl(scene.actors.member, scene.at(source), {
      path: 'a.jpg',
      parameters: { width: '90' },
    });
    expect(verifySignature({ path: 'a.jpg', rawQuery: new URL(url).search.slice(1) }, [sent])).toBe('valid');
  });

  it('can have its overlap ended, twice as well as once', async () => {
    const { source } = await secured();
    const { keys: second } = await rotate(source, 3600);
    await scene.sources.endKeyOverlap(scene.actors.admin, scene.at(source));
    await scene.sources.endKeyOverlap(scene.actors.admin, scene.at(source));
    expect(await accepted(source)).toEqual([second]);
    expect((await rowOf(source)).previousSigningKeysSealed).toBeNull();
  });

  it('seals both pairs, each for its own place', async () => {
    const { source, first } = await secured();
    const { keys: second } = await rotate(source, 3600);
    const row = await rowOf(source);
    const text = JSON.stringify(row);
    for (const { secureKey, secureSalt } of [first, second]) {
      expect(text).not.toContain(secureKey);
      expect(text).not.toContain(secureSalt);
    }
    await scene.db
      .updateTable('sources')
      .set({ previousSigningKeysSealed: row.signingKeysSealed })
      .where('id', '=', source.id)
      .execute();
    await expect(accepted(source)).rejects.toThrow('cannot be opened');
  });

  it('leaves nothing of a pair whose time is over', async () => {
    const { source } = await secured();
    await rotate(source, 60);
    await scene.sources.forgetEndedKeys();
    expect(await rowOf(source)).toMatchObject({ previousSigningKeysSealed: expect.any(String) });
    clock.forward({ seconds: 60 });
    expect(await scene.sources.forgetEndedKeys()).toBe(1);
    expect(await rowOf(source)).toMatchObject({
      previousSigningKeysSealed: null,
      previousSigningKeysUntil: null,
      signingKeysSealed: expect.any(String),
    });
  });

  it('is for admins, within their own team', async () => {
    const { source } = await secured();
    const { member, stranger } = scene.actors;
    const theirs = { teamId: scene.otherTeamId, sourceId: source.id };
    expect(await codeOf(scene.sources.rotateKeys(member, scene.at(source), { overlapSeconds: 0 }))).toBe(
      'forbidden',
    );
    expect(await codeOf(scene.sources.endKeyOverlap(member, scene.at(source)))).toBe('forbidden');
    expect(await codeOf(scene.sources.rotateKeys(stranger, theirs, { overlapSeconds: 0 }))).toBe('notFound');
    expect(await codeOf(scene.sources.endKeyOverlap(stranger, theirs))).toBe('notFound');
  });
});

describe('a rotation of the keyring', () => {
  it('wraps both pairs by the new key', async () => {
    await scene.db.deleteFrom('sources').execute();
    const { source, first } = await secured();
    const { keys: second } = await rotate(source, 3600);
    const vault = createVault(
      createKeyring([
        { kid: 'k2', key: new Uint8Array(32).fill(2) },
        { kid: 'k1', key: scene.keyBytes },
      ]),
    );
    const access = { require: () => Promise.reject(new Error('nobody asks')) };
    const rotation = createKeyRotation({
      db: scene.db,
      access,
      vault,
      clock,
      forget: () => {},
      told: () => {},
    });
    expect(await rotation.rewrapSigningKeys()).toBe(2);
    expect(await rotation.rewrapSigningKeys()).toBe(0);
    const row = await rowOf(source);
    expect(row.signingKeysSealed).toMatch(/^v1\.k2\./);
    expect(row.previousSigningKeysSealed).toMatch(/^v1\.k2\./);
    expect(revealed(keysInForce(vault, row, clock.now()))).toEqual([second, first]);
  });
});
