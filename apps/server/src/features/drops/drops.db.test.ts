import { createConnection, updateDrop, type Drop } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDropScene, type DropScene } from '../../../../../tests/support/drop-scene.ts';
import { codeOf } from '../../../../../tests/support/source-scene.ts';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import { createVault } from '../../platform/crypto/vault.ts';
import { dropsOnConnections } from './connection-use.ts';

let scene: DropScene;
beforeAll(async () => {
  scene = await createDropScene();
});
afterAll(() => scene?.[Symbol.asyncDispose]());

const field = (id: string) => ({ id, kind: 'text', label: id });
const faultsOf = async (promise: Promise<unknown>): Promise<string[]> => {
  const error = await promise.then(
    () => ({ errors: [{ path: 'nothing was refused' }] }),
    (thrown: { errors?: { path: string }[] }) => thrown,
  );
  return (error.errors ?? []).map(({ path }) => path);
};
const show = (drop: Drop) => scene.drops.show(scene.actors.member, scene.at(drop));
const connect = (name: string, jobs: string[]) =>
  scene.connections.create(
    scene.actors.owner,
    scene.teamId,
    createConnection.body.parse({
      name,
      provider: 'embedded',
      bucket: 'photos',
      endpoint: scene.bucket.url,
      addressing: 'path',
      prefix: `${name}/`,
      jobs,
    }),
  );

describe('an order page', () => {
  it('is made with what nobody said, and shown without its secrets', async () => {
    const drop = await scene.create({ password: 'a planted word', access: 'password', fields: [field('a')] });
    expect(drop).toMatchObject({
      url: `https://media.example.com/d/${drop.name}`,
      connectionName: 'put-only',
      phase: 'open',
      formVersion: 1,
      hasPassword: true,
      hasHcaptchaSecret: false,
      maxFiles: 500,
      types: ['image/*'],
      retention: { state: 'none' },
      orders: { total: 0, open: 0, bytes: 0 },
    });
    expect(await show(drop)).toEqual(drop);
    expect(JSON.stringify([drop, await scene.drops.pages.page(drop.name)])).not.toMatch(/planted|argon2/);
    const [row] = await scene.db.selectFrom('drops').selectAll().where('id', '=', drop.id).execute();
    expect(JSON.stringify(row)).not.toContain('planted');
  });

  it('is edited in parts, and another form is another version', async () => {
    const drop = await scene.create({ fields: [field('a')], text: 'Hello' });
    const renamed = await scene.edit(drop, { title: 'Posters' });
    expect(renamed).toMatchObject({ title: 'Posters', text: 'Hello', formVersion: 1 });
    const asked = await scene.edit(drop, updateDrop.body.parse({ fields: [field('a'), field('b')] }));
    expect(asked.formVersion).toBe(2);
    const same = await scene.edit(drop, updateDrop.body.parse({ fields: [field('a'), field('b')] }));
    expect(same.formVersion).toBe(2);
    const { items } = await scene.drops.listForms(scene.actors.member, scene.at(drop));
    expect(items.map(({ version, fields }) => [version, fields.map(({ id }) => id)])).toEqual([
      [2, ['a', 'b']],
      [1, ['a']],
    ]);
  });

  it('is edited by whoever saw it as it is', async () => {
    const drop = await scene.create();
    const refusing = scene.drops.edit(scene.actors.admin, scene.at(drop), { title: 'x' }, (current) => {
      expect(current).toEqual(drop);
      throw new Error('seen');
    });
    await expect(refusing).rejects.toThrow('seen');
    expect((await show(drop)).title).toBe(drop.title);
  });

  it('has a name that no other page on this server has', async () => {
    const drop = await scene.create();
    expect(await codeOf(scene.create({ name: drop.name }))).toBe('nameTaken');
    const other = await scene.create();
    expect(await codeOf(scene.edit(other, { name: drop.name }))).toBe('nameTaken');
    expect(await codeOf(scene.edit(other, { name: `${drop.name}-2` }))).toBe('ok');
  });

  it('stands on a connection of its team that takes uploads', async () => {
    const deliver = await connect('deliver-only', ['deliver']);
    expect(await faultsOf(scene.create({ connectionId: deliver.id }))).toEqual(['connectionId']);
    expect(await codeOf(scene.create({ connectionId: 'con_01kazq8v3kf2wvpn2d8m6b3c9t' }))).toBe('notFound');
    const drop = await scene.create();
    expect(await faultsOf(scene.edit(drop, { connectionId: deliver.id }))).toEqual(['connectionId']);
  });

  it('keeps its connection from being deleted; both go together when that is asked for', async () => {
    const connection = await connect('kept', ['ingest']);
    const use = dropsOnConnections({ db: scene.db });
    const objection = () => use.objection(scene.db, scene.teamId, connection.id, 'delete');
    expect(await objection()).toBeNull();
    const drop = await scene.create({ connectionId: connection.id });
    expect(await objection()).toMatch(/^One order page stands on this connection/);
    await use.release(scene.teamId, connection.id);
    expect(await objection()).toBeNull();
    expect(await codeOf(show(drop))).toBe('notFound');
  });

  it('is deleted with its orders only where that is asked for', async () => {
    const drop = await scene.create();
    const started = await scene.start(drop);
    const transferId = await scene.upload(started, 'a.jpg');
    await scene.submit(started, { files: [{ transferId }] });
    expect((await show(drop)).orders).toEqual({ total: 1, open: 1, bytes: 5 });
    const { admin } = scene.actors;
    expect(await codeOf(scene.drops.delete(admin, scene.at(drop), { cascade: false, files: false }))).toBe(
      'inUse',
    );
    expect(await codeOf(scene.drops.delete(admin, scene.at(drop), { cascade: true, files: false }))).toBe(
      'ok',
    );
    expect(await codeOf(scene.drops.pages.drafts.show(started.orderToken))).toBe('notFound');
    // The lab's files are the lab's.
    expect(await scene.keys()).toContain(`put-only/orders/${started.number}/a.jpg`);
  });

  it('is made again from another, with its secrets and without its orders', async () => {
    const drop = await scene.create({ access: 'pin', password: '2468', fields: [field('a')], maxFiles: 7 });
    await scene.start(drop, { password: '2468' });
    const copy = await scene.drops.clone(scene.actors.admin, scene.at(drop), { name: `${drop.name}-again` });
    expect(copy).toMatchObject({ maxFiles: 7, formVersion: 1, fields: drop.fields, hasPassword: true });
    expect(copy.id).not.toBe(drop.id);
    expect(copy.title).toBe(`Copy of ${drop.title}`);
    const named = { name: `${drop.name}-named`, title: 'Spring' };
    expect((await scene.drops.clone(scene.actors.admin, scene.at(drop), named)).title).toBe('Spring');
    expect(await codeOf(scene.start(copy, { password: '1357' }))).toBe('wrongPassword');
    expect(await codeOf(scene.start(copy, { password: '2468' }))).toBe('ok');
  });

  it('is listed page by page, oldest first', async () => {
    const made = [await scene.create(), await scene.create(), await scene.create()];
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 2, ...(cursor === undefined ? {} : { cursor }) };
      const page = await scene.drops.list(scene.actors.member, scene.teamId, query);
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(names.slice(-3)).toEqual(made.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('settings that do not go together', () => {
  const refused: [string, object, string[]][] = [
    ['a password page without one', { access: 'password' }, ['password']],
    ['a password of five characters', { access: 'password', password: '12345' }, ['password']],
    ['a PIN that is no number', { access: 'pin', password: 'abcd' }, ['password']],
    ['a PIN of nine digits', { access: 'pin', password: '123456789' }, ['password']],
    ['a password for an open page', { password: 'secret words' }, ['password']],
    ['files larger than an order', { maxFileBytes: 11, maxOrderBytes: 10 }, ['maxFileBytes']],
    ['hCaptcha without its keys', { challenge: 'hcaptcha' }, ['hcaptchaSiteKey', 'hcaptchaSecret']],
    [
      'a choice of two equal values',
      {
        fields: [
          {
            id: 'a',
            kind: 'choice',
            label: 'A',
            options: [
              { value: 'x', label: 'X' },
              { value: 'x', label: 'Y' },
            ],
          },
        ],
      },
      ['fields.0.options'],
    ],
  ];
  it.each(refused)('are refused: %s', async (_what, given, paths) => {
    expect(await faultsOf(scene.create(given))).toEqual(paths);
  });

  it('are refused after an edit, too: a password is no PIN', async () => {
    const drop = await scene.create({ access: 'password', password: 'secret words' });
    expect(await faultsOf(scene.edit(drop, { access: 'pin' }))).toEqual(['password']);
    expect((await scene.edit(drop, { access: 'pin', password: '2468' })).access).toBe('pin');
    expect((await scene.edit(drop, { access: 'open' })).hasPassword).toBe(false);
    expect(await faultsOf(scene.edit(drop, { access: 'pin' }))).toEqual(['password']);
  });
});

it('members see pages, admins shape them, and others know of none', async () => {
  const drop = await scene.create();
  const { member, stranger, admin } = scene.actors;
  expect(await codeOf(scene.drops.create(member, scene.teamId, scene.settings()))).toBe('forbidden');
  expect(await codeOf(scene.drops.edit(member, scene.at(drop), { title: 'x' }, () => {}))).toBe('forbidden');
  expect(await codeOf(scene.drops.delete(member, scene.at(drop), { cascade: true, files: false }))).toBe(
    'forbidden',
  );
  expect(await codeOf(scene.drops.show(stranger, scene.at(drop)))).toBe('notFound');
  const elsewhere = { teamId: scene.otherTeamId, dropId: drop.id };
  expect(await codeOf(scene.drops.show(stranger, elsewhere))).toBe('notFound');
  expect(await codeOf(scene.drops.show(admin, elsewhere))).toBe('notFound');
});

it('a page says which sites may frame it, by its name and by the status links of its orders', async () => {
  const drop = await scene.create({ embedOrigins: ['https://lab.example/', 'http://localhost:3000'] });
  const { statusUrl } = await scene.start(drop);
  const found = { embedOrigins: ['https://lab.example', 'http://localhost:3000'], hcaptcha: false };
  const { embeddingOf } = scene.drops.pages;
  expect(await embeddingOf({ name: drop.name })).toEqual(found);
  expect(await embeddingOf({ statusToken: statusUrl.split('/o/')[1] ?? '' })).toEqual(found);
  expect(await embeddingOf({ name: 'never-was' })).toBeNull();
  expect(await embeddingOf({ statusToken: 'x'.repeat(43) })).toBeNull();
});

it('secrets are wrapped anew after a rotation, and status links stay what they were', async () => {
  const drop = await scene.create({
    challenge: 'hcaptcha',
    hcaptchaSiteKey: 'site-key',
    hcaptchaSecret: 'a secret of hCaptcha',
  });
  const open = await scene.create();
  const { statusUrl } = await scene.start(open);
  const both = createVault(
    createKeyring([
      { kid: 'k2', key: new Uint8Array(32).fill(7) },
      { kid: 'k1', key: scene.keyBytes },
    ]),
  );
  const rotated = scene.dropsWith(both);
  expect(await rotated.rewrapSecrets()).toBeGreaterThan(1);
  expect(await rotated.rewrapSecrets()).toBe(0);
  const rows = await scene.db.selectFrom('drops').select(['pageKeySealed', 'hcaptchaSecretSealed']).execute();
  const sealed = rows.flatMap((row) => [row.pageKeySealed, row.hcaptchaSecretSealed ?? []].flat());
  expect(sealed.filter((text) => !text.startsWith('v1.k2.'))).toEqual([]);
  const only = scene.dropsWith(createVault(createKeyring([{ kid: 'k2', key: new Uint8Array(32).fill(7) }])));
  expect((await only.pages.status(statusUrl.split('/o/')[1] ?? '')).state).toBe('draft');
  expect((await only.show(scene.actors.admin, scene.at(drop))).hasHcaptchaSecret).toBe(true);
  expect((await only.clone(scene.actors.admin, scene.at(drop), { name: 'cloned-under-k2' })).challenge).toBe(
    'hcaptcha',
  );
});
