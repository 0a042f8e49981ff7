import * as windlass from '@windlass/sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientSnippet, snippetClients, type SnippetInput } from './client-snippets.ts';
import { deliveryAddress } from './delivery-address.ts';

// The package has no types; what is run with it is plain text anyway.
const library: string = '@imglab/core';
const { default: Imglab }: { default: unknown } = await import(library);

const input: SnippetInput = {
  address: { name: 'photos', host: 'localhost', port: 7401, https: false, subdomains: false },
  path: 'a b/c.jpg',
  parameters: { width: '600', 'aspect-ratio': '16:9', upscale: 'true', text: 'a "b" #{1 + 1}' },
  secured: false,
};
const expected =
  'http://localhost:7401/photos/a%20b/c.jpg?width=600&aspect-ratio=16%3A9&upscale=true&text=a+%22b%22+%23%7B1+%2B+1%7D';

/** Runs a snippet with the libraries that it names, in place of its import line. */
const run = (code: string): unknown =>
  // The snippet is what is tested, and a person would paste it into a file of their own.
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval
  new Function('Imglab', 'createSource', 'process', `${code.replace(/^import .*$/m, '')}; return url;`)(
    Imglab,
    windlass.createSource,
    { env: { IMAGES_SECURE_KEY: 'c2VjdXJlLWtleQ==', IMAGES_SECURE_SALT: 'c2VjdXJlLXNhbHQ=' } },
  );

describe.each(['javascript', 'sdk'] as const)('%s', (client) => {
  it('builds the URL when it is run', () => {
    expect(run(clientSnippet(client, input))).toBe(expected);
  });
  it('signs with keys out of the environment', () => {
    expect(run(clientSnippet(client, { ...input, secured: true }))).toMatch(/&signature=[\w-]{43}$/);
  });
  it('reads any path and any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        const url = run(clientSnippet(client, { ...input, path: 'x.jpg', parameters: { text } }));
        expect(new URL(String(url)).searchParams.get('text')).toBe(text);
      }),
    );
  });
});

it('keeps Ruby and Elixir from running what a text holds', () => {
  for (const client of ['ruby', 'elixir'] as const)
    expect(clientSnippet(client, input)).toContain(String.raw`text: "a \"b\" \#{1 + 1}"`);
});

it('writes what each language calls true, names and the environment', () => {
  const python = clientSnippet('python', { ...input, secured: true });
  expect(python).toContain('aspect_ratio="16:9",\n    upscale=True,');
  expect(python).toContain('secure_key=os.environ["IMAGES_SECURE_KEY"]');
  expect(clientSnippet('elixir', { ...input, parameters: {} })).toMatch(
    /url = Imglab\.url\(\n {2}source,\n {2}"a b\/c\.jpg"\n\)/,
  );
});

it('holds no key', () => {
  for (const client of snippetClients)
    expect(clientSnippet(client, { ...input, secured: true })).toMatch(/IMAGES_SECURE_KEY/);
});

it('reads the address of either form', () => {
  expect(deliveryAddress({ name: 'demo', baseUrl: 'http://localhost:7401/demo', hostUrl: null })).toEqual({
    name: 'demo',
    host: 'localhost',
    port: 7401,
    https: false,
    subdomains: false,
  });
  expect(
    deliveryAddress({
      name: 'demo',
      baseUrl: 'https://images.example.com/demo',
      hostUrl: 'https://demo.images.example.com',
    }),
  ).toEqual({ name: 'demo', host: 'images.example.com', port: null, https: true, subdomains: true });
});
