import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, createConfig, type Config } from './config.ts';
import { helpText, readSettings } from './read-settings.ts';
import { settings } from './settings.ts';

const configOf = (environment: Record<string, string>, args: string[] = []): Config => {
  const read = readSettings(environment, args);
  if (read.kind !== 'given') throw new Error(read.kind === 'invalid' ? read.message : read.kind);
  return createConfig(read.given, '1.2.3');
};

describe('settings', () => {
  test('without any: loopback, the fixed ports, everything embedded, both roles', () => {
    expect(configOf({})).toMatchObject({
      roles: ['web', 'worker'],
      host: '127.0.0.1',
      port: 7400,
      imagesPort: 7401,
      bucketPort: 7402,
      databaseUrl: null,
      bucket: 'embedded',
      demo: true,
      trustProxy: false,
      publicUrl: null,
    });
  });

  test('a flag wins over its variable', () => {
    const config = configOf({ WINDLASS_PORT: '8000', WINDLASS_DATA: '/a' }, ['--port', '9000', '--data=/b']);
    expect(config.port).toBe(9000);
    expect(config.dataDirectory).toBe('/b');
  });

  test('DATABASE_URL turns the embedded bucket and the demo off', () => {
    const config = configOf({ DATABASE_URL: 'postgres://db/windlass' });
    expect(config).toMatchObject({ bucket: 'off', demo: false });
    expect(config.databaseUrl?.reveal()).toBe('postgres://db/windlass');
  });

  test('a worker alone takes a free port for its health address', () => {
    expect(configOf({}, ['--role', 'worker']).port).toBe(0);
    expect(configOf({ WINDLASS_PORT: '7500' }, ['--role', 'worker']).port).toBe(7500);
  });

  test.each([
    [{ WINDLASS_PORT: '70000' }, [], /^WINDLASS_PORT .*65535/],
    [{}, ['--port', 'x'], /^--port is not a port number/],
    [{ WINDLASS_ROLE: 'web,cook' }, [], /^WINDLASS_ROLE takes web/],
    [{ WINDLASS_URL: 'https://x.example/app' }, [], /^WINDLASS_URL takes scheme/],
    [{ WINDLASS_URL: 'ftp://x.example' }, [], /^WINDLASS_URL is not an http/],
    [{ DATABASE_URL: 'mysql://u:planted@x' }, [], /^DATABASE_URL is not a postgres/],
    [{ WINDLASS_OWNER_PASSWORD: 'planted' }, [], /^WINDLASS_OWNER_PASSWORD needs at least/],
    [{ WINDLASS_TRUST_PROXY: '2' }, [], /^WINDLASS_TRUST_PROXY takes true/],
    [{ WINDLASS_IMAGES_CACHE_BYTES: '5GB' }, [], /^WINDLASS_IMAGES_CACHE_BYTES is not a size/],
    [{ WINDLASS_IMAGES_CHILDREN: '0' }, [], /^WINDLASS_IMAGES_CHILDREN is not a whole number/],
    [{ WINDLASS_AWS_PRINCIPAL: 'windlass' }, [], /^WINDLASS_AWS_PRINCIPAL is not the ARN/],
    [{ WINDLASS_SMTP_URL: 'http://planted@x' }, [], /^WINDLASS_SMTP_URL is not an smtp/],
    [{ WINDLASS_MAIL_FROM: 'a@b\r\nBcc: c@d' }, [], /^WINDLASS_MAIL_FROM is not an e-mail address/],
    [{}, ['--prot', '1'], /--prot/],
    [{}, ['--port'], /--port/],
  ])('refuses %j %j with one line that names it', (environment, args, message) => {
    const read = readSettings(environment, args);
    expect(read.kind).toBe('invalid');
    if (read.kind !== 'invalid') return;
    expect(read.message).toMatch(message);
    expect(read.message).not.toContain('\n');
    expect(read.message).not.toContain('planted');
  });

  test.each([
    [{ WINDLASS_OWNER_EMAIL: 'a@example.com' }, /WINDLASS_OWNER_PASSWORD/],
    [{ WINDLASS_OIDC_ISSUER: 'https://id.example.com' }, /WINDLASS_OIDC_CLIENT_ID/],
    [{ WINDLASS_AWS_ACCESS_KEY_ID: 'AKIA1' }, /WINDLASS_AWS_SECRET_ACCESS_KEY/],
    [{ WINDLASS_AWS_PRINCIPAL: 'arn:aws:iam::111122223333:user/windlass' }, /WINDLASS_AWS_ACCESS_KEY_ID/],
    [{ WINDLASS_SMTP_URL: 'smtp://mail.example.com' }, /WINDLASS_MAIL_FROM/],
    [{ DATABASE_URL: 'postgres://x/y', WINDLASS_DEMO: 'true' }, /WINDLASS_DEMO/],
  ])('refuses what contradicts itself: %j', (environment, message) => {
    expect(() => configOf(environment)).toThrow(ConfigError);
    expect(() => configOf(environment)).toThrow(message);
  });

  test('keeps pictures in the data folder, and takes sizes with units', () => {
    expect(configOf({ WINDLASS_DATA: '/srv/windlass' }).images).toEqual({
      cacheDirectory: '/srv/windlass/images-cache',
      cacheBytes: 5 * 2 ** 30,
      memoryBytes: 32 * 2 ** 20,
      children: null,
      upgrade: false,
    });
    const given = configOf({
      WINDLASS_IMAGES_CACHE: '/var/cache/windlass',
      WINDLASS_IMAGES_CACHE_BYTES: '1.5 GiB',
      WINDLASS_IMAGES_MEMORY_BYTES: '1000000',
      WINDLASS_IMAGES_CHILDREN: '3',
      WINDLASS_IMAGES_UPGRADE: 'true',
    });
    expect(given.images).toEqual({
      cacheDirectory: '/var/cache/windlass',
      cacheBytes: 1.5 * 2 ** 30,
      memoryBytes: 1_000_000,
      children: 3,
      upgrade: true,
    });
  });

  test('keeps pictures in the temporary folder where nothing else needs a data folder', () => {
    const elsewhere = { DATABASE_URL: 'postgres://db/windlass', WINDLASS_KEYRING: 'k1:key' };
    expect(configOf(elsewhere).images.cacheDirectory).toBe(join(tmpdir(), 'windlass-images-cache'));
    expect(configOf({ ...elsewhere, WINDLASS_DATA: '/a' }).images.cacheDirectory).toBe('/a/images-cache');
  });

  test('reads the forms of WINDLASS_TRUST_PROXY', () => {
    expect(configOf({ WINDLASS_TRUST_PROXY: 'true' }).trustProxy).toBe(true);
    expect(configOf({ WINDLASS_TRUST_PROXY: '10.0.0.1, 10.1.0.0/16' }).trustProxy).toEqual([
      '10.0.0.1',
      '10.1.0.0/16',
    ]);
  });

  test('a public address loses its trailing slash', () => {
    expect(configOf({ WINDLASS_URL: 'https://windlass.example.com/' }).publicUrl).toBe(
      'https://windlass.example.com',
    );
  });

  test('no secret shows when the config is printed', () => {
    const config = configOf({
      WINDLASS_OWNER_EMAIL: 'a@example.com',
      WINDLASS_OWNER_PASSWORD: 'planted-password',
      WINDLASS_KEYRING: 'k1:planted-key',
      DATABASE_URL: 'postgres://u:planted-dsn@db/x',
      WINDLASS_METRICS_TOKEN: 'planted-token-of-metrics',
      WINDLASS_AWS_ACCESS_KEY_ID: 'AKIA1',
      WINDLASS_AWS_SECRET_ACCESS_KEY: 'planted-secret-of-ours',
      WINDLASS_AWS_SESSION_TOKEN: 'planted-token-of-ours',
    });
    expect(JSON.stringify(config)).not.toContain('planted');
  });

  test('--help names every variable and flag', () => {
    expect(readSettings({}, ['--help'])).toEqual({ kind: 'help' });
    for (const entry of Object.values(settings)) expect(helpText()).toContain(entry.env);
  });
});
