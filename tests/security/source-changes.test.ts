import * as contract from '@windlass/contract';
import { signTarget } from '@windlass/images';
import { renderSamplePictures } from '@windlass/images/samples';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPictureServer, type PictureServer } from '../support/picture-server.ts';

let pictures: PictureServer;
beforeAll(async () => {
  pictures = await startPictureServer();
  const [sample] = await renderSamplePictures({ only: ['paper-shapes.jpg'] });
  if (sample === undefined) throw new Error('The sample picture has another name');
  await pictures.put('a.jpg', sample.bytes);
});
afterAll(() => pictures[Symbol.asyncDispose]());

const statusOf = async (url: string) => (await pictures.open(url)).status;
/** Asked for until it stands ready, so that the next request would get it without a look at its source. */
const warm = async (url: string) => {
  expect(await statusOf(url)).toBe(200);
  const { headers } = await pictures.open(url);
  expect(headers['cache-status']).toContain('detail=hot');
};

test('a source that takes presets only, or is gone, serves nothing else from the next request on', async () => {
  const { source } = await pictures.addSource({ name: 'open' });
  const params = { teamId: pictures.teamId, sourceId: source.id };
  const url = `${pictures.server.imagesUrl}/open/a.jpg?width=40`;
  await warm(url);
  const edit = async (body: object) => {
    await pictures.client.call(contract.getSource, { params });
    const headers = { 'if-match': pictures.client.lastEtag() };
    await pictures.client.call(contract.updateSource, { params, body }, headers);
  };
  await edit({ presetsOnly: true });
  expect(await statusOf(url)).toBe(400);
  await edit({ presetsOnly: false });
  await warm(url);
  await pictures.client.call(contract.deleteSource, { params });
  expect(await statusOf(url)).toBe(404);
});

test('keys that have leaked sign nothing from the next request on, and those that were brought do', async () => {
  const { source, signingKeys } = await pictures.addSource({ name: 'signed', secured: true });
  const brought = { secureKey: 'YnJvdWdodC1rZXktMTIzNDU', secureSalt: 'YnJvdWdodC1zYWx0LTEyMzQ' };
  const rawQuery = 'width=40';
  const signedBy = (keys: { secureKey: string; secureSalt: string }) =>
    `${pictures.server.imagesUrl}/signed/a.jpg?${rawQuery}&signature=${signTarget({ path: 'a.jpg', rawQuery }, keys)}`;
  if (signingKeys === null) throw new Error('A secured source has keys');
  await warm(signedBy(signingKeys));
  expect(await statusOf(signedBy(brought))).toBe(403);
  await pictures.client.call(contract.rotateSigningKeys, {
    params: { teamId: pictures.teamId, sourceId: source.id },
    body: { ...brought, overlapSeconds: 0 },
  });
  expect(await statusOf(signedBy(signingKeys))).toBe(403);
  expect(await statusOf(signedBy(brought))).toBe(200);
});
