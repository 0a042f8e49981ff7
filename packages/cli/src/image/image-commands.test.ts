import { createServer } from 'node:http';
import { once } from 'node:events';
import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderSamplePictures } from '@windlass/images/samples';
import { createSource } from '@windlass/sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createCommandTester, type CommandTester } from '../testing/command-tester.ts';

let tester: CommandTester;
const inFolder = (name: string): string => join(tester.folder, name);

beforeAll(async () => {
  tester = createCommandTester({ 'text.txt': 'no picture' });
  for (const picture of await renderSamplePictures({ only: ['poppy-field.jpg', 'harbour-at-dawn.jpg'] }))
    await writeFile(inFolder(picture.name), picture.bytes);
}, 60_000);
afterAll(() => tester[Symbol.dispose]());

describe('windlass image url', () => {
  const keys = { secureKey: 'ixUd9is/LDGBw6NPfLCGLjO=', secureSalt: 'c9G9eYKCeWen7vkEyV1cnr4=' };

  it('builds the URL of the SDK, with the parameters in the order of the reference', async () => {
    const { code, out } = await tester.run(
      'image url photos cats/tom.jpg --host images.example.com:8443 --format auto --width 600'.split(' '),
    );
    expect({ code, out }).toEqual({
      code: 0,
      out: 'https://images.example.com:8443/photos/cats/tom.jpg?width=600&format=auto\n',
    });
  });

  it('signs with the keys of the environment', async () => {
    vi.stubEnv('WINDLASS_SECURE_KEY', keys.secureKey);
    vi.stubEnv('WINDLASS_SECURE_SALT', keys.secureSalt);
    const { out } = await tester.run(
      'image url photos a.jpg --host i.test --subdomains --http --width 10'.split(' '),
    );
    vi.unstubAllEnvs();
    const source = createSource({ name: 'photos', host: 'i.test', subdomains: true, https: false, keys });
    expect(out).toBe(`${source.url('a.jpg', { width: 10 })}\n`);
    expect(out).toContain('signature=');
  });

  it.each(['undefined', 'a', 'ünïcode'])('refuses %j as a key, by its name', async (text) => {
    vi.stubEnv('WINDLASS_SECURE_KEY', text);
    vi.stubEnv('WINDLASS_SECURE_SALT', keys.secureSalt);
    const { code, err } = await tester.run('image url photos a.jpg --host i.test'.split(' '));
    vi.unstubAllEnvs();
    expect(code).toBe(2);
    expect(err).toContain('WINDLASS_SECURE_KEY is not base64');
  });

  it('writes a srcset', async () => {
    const { out } = await tester.run(
      'image url photos a.jpg --host i.test --srcset 320,640 --json'.split(' '),
    );
    expect(JSON.parse(out)).toEqual({
      candidates: [
        { url: 'https://i.test/photos/a.jpg?width=320', descriptor: '320w' },
        { url: 'https://i.test/photos/a.jpg?width=640', descriptor: '640w' },
      ],
    });
  });

  it('lets a URL end', async () => {
    const { out } = await tester.run('image url photos a.jpg --host i.test --expires-in 2h'.split(' '));
    const expires = Number(new URL(out).searchParams.get('expires'));
    expect(expires - Date.now() / 1000).toBeGreaterThan(7190);
    expect(expires - Date.now() / 1000).toBeLessThan(7201);
  });

  it.each([
    ['--width 0', '--width takes a whole number from 1 to 8192'],
    ['--mode stretch', '--mode takes'],
    ['--srcset wide', '--srcset takes widths'],
    ['--expires-in soon', '--expires-in takes a time'],
  ])('refuses %s before anybody is asked', async (flags, message) => {
    const { code, err } = await tester.run(`image url photos a.jpg --host i.test ${flags}`.split(' '));
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('says which key it needs where a server is to be asked', async () => {
    vi.stubEnv('WINDLASS_API_KEY', '');
    const { code, err } = await tester.run('image url photos a.jpg'.split(' '));
    vi.unstubAllEnvs();
    expect(code).toBe(2);
    expect(err).toContain('sources:read');
  });
});

describe('windlass image render', () => {
  it('makes a picture whose format follows from its name', async () => {
    const { code, err } = await tester.run([
      'image',
      'render',
      inFolder('poppy-field.jpg'),
      '--width',
      '120',
      '-o',
      inFolder('small.webp'),
    ]);
    expect({ code, err }).toMatchObject({ code: 0 });
    const bytes = await readFile(inFolder('small.webp'));
    expect(bytes.subarray(8, 12).toString('latin1')).toBe('WEBP');
    expect(err).toMatch(/small\.webp: 120 x \d+/);
  });

  it('makes several into a folder, and goes on after one that is no picture', async () => {
    const files = ['poppy-field.jpg', 'text.txt', 'harbour-at-dawn.jpg'].map(inFolder);
    const { code, out, err } = await tester.run([
      'image',
      'render',
      ...files,
      '--width',
      '60',
      '--format',
      'png',
      '--json',
      '-o',
      `${inFolder('out')}/`,
    ]);
    expect(code).toBe(1);
    expect(err).toContain('text.txt: This is not an image');
    expect(JSON.parse(out)).toMatchObject({ pictures: [{ width: 60 }, { width: 60 }] });
    expect((await readdir(inFolder('out'))).toSorted()).toEqual(['harbour-at-dawn.png', 'poppy-field.png']);
  });

  it('draws a file over another one', async () => {
    const [plain, marked] = [inFolder('plain.png'), inFolder('marked.png')];
    const file = inFolder('poppy-field.jpg');
    await tester.run(['image', 'render', file, '--width', '80', '-o', plain]);
    const mark = inFolder('harbour-at-dawn.jpg');
    const { code, err } = await tester.run([
      'image',
      'render',
      file,
      '--width',
      '80',
      '--watermark',
      `${mark}?width=20`,
      '-o',
      marked,
    ]);
    expect(err).not.toContain('error');
    expect(code).toBe(0);
    expect((await readFile(plain)).equals(await readFile(marked))).toBe(false);
  });

  it.each([
    [['missing.jpg', '-o', 'x.webp'], 'is no file'],
    [['poppy-field.jpg', '-o', 'x.xyz'], 'names no format'],
    [['poppy-field.jpg', 'harbour-at-dawn.jpg', '-o', 'x.webp'], 'must be a folder'],
    [['poppy-field.jpg', '--width', '10', '-o', 'poppy-field.jpg'], 'it would be overwritten'],
    [['poppy-field.jpg', '--watermark', 'https://i.test/a.png', '-o', 'x.webp'], 'not a URL'],
  ])('refuses %j', async (args, message) => {
    const placed = args.map((arg) => (/\.(jpg|webp|xyz)$/.test(arg) ? inFolder(arg) : arg));
    const { code, err } = await tester.run(['image', 'render', ...placed]);
    expect(code).toBeGreaterThan(0);
    expect(err).toContain(message);
  });
});

const render = (...args: string[]) => tester.run(['image', 'render', ...args]);

describe('windlass image render into a folder', () => {
  it('writes over no original, no picture of the same run, and nothing that is there but by force', async () => {
    const [first, twin, folder] = [
      inFolder('poppy-field.jpg'),
      inFolder('twin/poppy-field.jpg'),
      inFolder('kept'),
    ];
    await mkdir(inFolder('twin'), { recursive: true });
    await copyFile(first, twin);
    const both = await render(first, twin, '--width', '20', '--format', 'webp', '-o', `${folder}/`);
    expect(both.code).toBe(1);
    expect(both.err).toContain('is the name of another picture of this run');
    const again = await render(first, '--width', '20', '--format', 'webp', '-o', folder);
    expect(again.err).toContain('is there already: give --force');
    expect((await render(first, '--width', '20', '--format', 'webp', '--force', '-o', folder)).code).toBe(0);
    const sibling = inFolder('twin/poppy-field.png');
    await copyFile(inFolder('plain.png'), sibling);
    const before = await readFile(sibling);
    const over = await render(twin, sibling, '--format', 'png', '--force', '-o', inFolder('twin'));
    expect(over.err).toContain('is an original');
    expect((await readFile(sibling)).equals(before)).toBe(true);
  });

  it('prints names that cannot steer a terminal', async () => {
    const name = inFolder('e\u001B[31mRED.png');
    await copyFile(inFolder('plain.png'), name);
    const { err } = await render(name, '--format', 'png', '-o', tester.folder);
    expect(err).not.toContain('\u001B');
  });
});

describe('windlass image purge', () => {
  it.each(['', '--all --tag a', '--tag UPPER'])('refuses %j', async (flags) => {
    const { code } = await tester.run(`image purge photos ${flags}`.trim().split(' '));
    expect(code).toBe(2);
  });

  it('tells what a server that is none answered', async () => {
    const server = createServer((_, response) => response.writeHead(418).end('tea')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    vi.stubEnv('WINDLASS_API_KEY', 'wl_x');
    const { code, err } = await tester.run(
      `image purge photos --all --url http://127.0.0.1:${port}`.split(' '),
    );
    vi.unstubAllEnvs();
    server.close();
    expect(code).toBe(1);
    expect(err).toContain('Is it a Windlass server?');
  });
});
