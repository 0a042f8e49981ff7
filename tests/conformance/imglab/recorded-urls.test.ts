import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as contract from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealSigningKeys } from '../../../apps/server/src/features/sources/keys/signing-keys.ts';
import { Secret } from '../../../apps/server/src/kernel/secret.ts';
import { createKeyring } from '../../../apps/server/src/platform/crypto/keyring.ts';
import { createVault } from '../../../apps/server/src/platform/crypto/vault.ts';
import { startPictureServer, type PictureServer } from '../../support/picture-server.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { drawOriginals } from './originals.ts';
import { imagesHost, recorded, recordedKeys } from './vectors.ts';

const masterKey = randomBytes(32);
const vault = createVault(createKeyring([{ kid: 'k1', key: masterKey }]));

let database: TestDatabase;
let pictures: PictureServer;
let assets: contract.Source;

/** What the recorded URLs name, without the two that clients changed on the way. */
const keys = [
  'example.jpeg',
  'subfolder/example.jpeg',
  'products/item.jpg',
  'example image%2C01%2C02.jpeg',
  'subfolder images/example image%2C01%2C02.jpeg',
  'carpeta ñ/imagen 日本.jpeg',
  "a!b'c(d)*e~f.jpeg",
  'a+b@c:d;e,f=g&h$.jpeg',
  'a?b#c.jpeg',
  'a//b.jpeg',
  'a/b.jpeg',
  '100%/50%25.jpeg',
  'http://assets.com/subfolder/example.jpeg',
  'http://assets.com/subfolder/example%2C01%2C02.jpeg',
  'https://assets.com/subfolder/example.jpeg',
  'https://assets.com/subfolder/example%2C01%2C02.jpeg',
  'https://assets.com/a b/c.jpeg?x=1&y=2#frag',
  'HTTPS://assets.com/c.jpeg',
];

beforeAll(async () => {
  database = await createTestDatabase({ maxConnections: 1 });
  pictures = await startPictureServer({
    DATABASE_URL: database.url,
    WINDLASS_BUCKET: 'embedded',
    WINDLASS_KEYRING: `k1:${masterKey.toString('base64')}`,
    WINDLASS_IMAGES_HOST: imagesHost,
  });
  const { 'photo.jpg': photo, 'mark.svg': mark } = await drawOriginals();
  if (photo === undefined || mark === undefined) throw new Error('The originals have other names');
  for (const key of keys) await pictures.put(key, photo);
  await pictures.put('example.svg', mark);
  ({ source: assets } = await pictures.addSource({ name: 'assets' }));
  await pictures.addSource({ name: 'fixtures' });
});
afterAll(async () => {
  await pictures?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
});

const edit = async (changes: { secured?: boolean; maxAgeSeconds?: number }): Promise<void> => {
  const params = { teamId: pictures.teamId, sourceId: assets.id };
  const { client } = pictures;
  await client.call(contract.getSource, { params });
  await client.call(contract.updateSource, { params, body: changes }, { 'if-match': client.lastEtag() });
};

/** Our own are random: those of the recording are put in their place, sealed as ours are. */
const useKeys = async (at: number): Promise<void> => {
  const pair = recordedKeys[at];
  if (pair === undefined) throw new Error(`There is no pair ${at}`);
  const sealed = sealSigningKeys(
    vault,
    { teamId: pictures.teamId, id: assets.id },
    { secureKey: new Secret(pair.secureKey), secureSalt: new Secret(pair.secureSalt) },
  );
  await edit({ secured: true });
  await database.db
    .updateTable('sources')
    .set({ signingKeysSealed: sealed })
    .where('teamId', '=', pictures.teamId)
    .where('id', '=', assets.id)
    .execute();
  // Whoever edits a source makes its server look again.
  await edit({ maxAgeSeconds: 60 + at });
};

const askAll = async (key: number | null): Promise<{ url: string; status: number }[]> =>
  Promise.all(
    recorded
      .filter((one) => one.key === key)
      .map(async ({ url }) => ({ url, status: (await pictures.open(url)).status })),
  );

const expectedOf = (key: number | null): { url: string; status: number }[] =>
  recorded.filter((one) => one.key === key).map(({ url, expected }) => ({ url, status: expected }));

describe("the URLs of imglab's four clients, as recorded", () => {
  it('are all there', () => {
    expect(recorded.filter(({ key }) => key === null).length).toBeGreaterThan(220);
    expect(recorded.filter(({ key }) => key !== null).length).toBeGreaterThan(230);
    expect(recorded.filter(({ expected }) => expected !== 200).length).toBeLessThan(10);
  });

  it('are pictures on an open source', async () => {
    expect(await askAll(null)).toEqual(expectedOf(null));
  });

  it.each(recordedKeys.map((_, at) => at))(
    'are pictures on a source with the pair of keys %i',
    async (at) => {
      await useKeys(at);
      expect(await askAll(at)).toEqual(expectedOf(at));
    },
  );

  it('are refused where the keys are others', async () => {
    const last = recordedKeys.length - 1;
    await useKeys(last);
    // What was answered a moment ago may stand ready for two seconds more.
    await sleep(2100);
    const others = recorded.filter(({ key }) => key !== null && key !== last);
    const answers = await Promise.all(others.map(async ({ url }) => (await pictures.open(url)).status));
    expect([...new Set(answers)]).toEqual([403]);
  });
});
