import type { ImageParameters } from '../../../lib/image-parameters.ts';
import type { DeliveryAddress } from './delivery-address.ts';

export const snippetClients = ['sdk', 'javascript', 'python', 'ruby', 'elixir'] as const;
export type SnippetClient = (typeof snippetClients)[number];

export interface SnippetInput {
  address: DeliveryAddress;
  path: string;
  parameters: ImageParameters;
  /** The keys then come from the environment; a snippet never holds one. */
  secured: boolean;
}

/** How a language writes what the libraries take. */
interface Syntax {
  text(value: string): string;
  boolean(value: boolean): string;
  environment(name: string): string;
  /** An option of the source, named in snake case. */
  option(name: string, value: string): string;
  /** A parameter of the picture, named in kebab case. */
  parameter(name: string, value: string): string;
  /** Wraps options into what the constructor takes. */
  source(name: string, options: readonly string[]): string;
  url(path: string, parameters: readonly string[]): string;
}

const quoted = (value: string): string => JSON.stringify(value);
// In Ruby and Elixir `#{` inside double quotes begins code.
const quotedWithoutCode = (value: string): string => quoted(value).replaceAll('#', '\\#');
const camel = (name: string): string =>
  name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const snake = (name: string): string => name.replaceAll('-', '_');
const listed = (items: readonly string[], indent = '  '): string =>
  items.map((item) => `\n${indent}${item},`).join('');
const lower = (value: boolean): string => String(value);

const javascript: Syntax = {
  text: quoted,
  boolean: lower,
  environment: (name) => `process.env.${name}`,
  option: (name, value) => `${camel(name)}: ${value}`,
  parameter: (name, value) => `${/^\w+$/.test(name) ? name : quoted(name)}: ${value}`,
  source: (name, options) =>
    `import Imglab from '@imglab/core';\n\nconst source = new Imglab.Source(${name}, {${listed(options)}\n});`,
  url: (path, parameters) =>
    `const url = Imglab.url(source, ${path}${parameters.length === 0 ? '' : `, {${listed(parameters)}\n}`});`,
};

const python: Syntax = {
  text: quoted,
  boolean: (value) => (value ? 'True' : 'False'),
  environment: (name) => `os.environ["${name}"]`,
  option: (name, value) => `${name}=${value}`,
  parameter: (name, value) => `${snake(name)}=${value}`,
  source: (name, options) =>
    `import os\nimport imglab\n\nsource = imglab.Source(${listed([name, ...options], '    ')}\n)`,
  url: (path, parameters) => `url = imglab.url(${listed(['source', path, ...parameters], '    ')}\n)`,
};

const ruby: Syntax = {
  text: quotedWithoutCode,
  boolean: lower,
  environment: (name) => `ENV.fetch("${name}")`,
  option: (name, value) => `${name}: ${value}`,
  parameter: (name, value) => `${snake(name)}: ${value}`,
  source: (name, options) =>
    `require "imglab"\n\nsource = Imglab::Source.new(${listed([name, ...options])}\n)`,
  url: (path, parameters) => `url = Imglab.url(${listed(['source', path, ...parameters])}\n)`,
};

// Elixir takes no comma after the last argument.
const elixirList = (items: readonly string[]): string => listed(items).replace(/,$/, '');
const elixir: Syntax = {
  ...ruby,
  environment: (name) => `System.fetch_env!("${name}")`,
  source: (name, options) => `source = Imglab.Source.new(${elixirList([name, ...options])}\n)`,
  url: (path, parameters) => `url = Imglab.url(${elixirList(['source', path, ...parameters])}\n)`,
};

/** Numbers and booleans bare, the rest as text. */
const literal = (value: string, { text, boolean }: Syntax): string => {
  if (/^(0|[1-9]\d{0,8})$/.test(value)) return value;
  return value === 'true' || value === 'false' ? boolean(value === 'true') : text(value);
};

const imglab = (syntax: Syntax, { address, path, parameters, secured }: SnippetInput): string => {
  const { name, host, port, https, subdomains } = address;
  const options = [
    syntax.option('host', syntax.text(host)),
    ...(port === null ? [] : [syntax.option('port', String(port))]),
    syntax.option('https', syntax.boolean(https)),
    syntax.option('subdomains', syntax.boolean(subdomains)),
    ...(secured
      ? (['secure_key', 'secure_salt'] as const).map((option) =>
          syntax.option(option, syntax.environment(`IMAGES_${option.toUpperCase()}`)),
        )
      : []),
  ];
  const entries = Object.entries(parameters).map(([parameter, value]) =>
    syntax.parameter(parameter, literal(value, syntax)),
  );
  return `${syntax.source(syntax.text(name), options)}\n\n${syntax.url(syntax.text(path), entries)}\n`;
};

const sdk = ({ address, path, parameters, secured }: SnippetInput): string => {
  const { name, host, port, https, subdomains } = address;
  const options = [
    `name: ${quoted(name)}`,
    `host: ${quoted(host)}`,
    ...(port === null ? [] : [`port: ${port}`]),
    `https: ${https}`,
    `subdomains: ${subdomains}`,
    ...(secured
      ? [
          'keys: {\n    secureKey: process.env.IMAGES_SECURE_KEY,\n    secureSalt: process.env.IMAGES_SECURE_SALT,\n  }',
        ]
      : []),
  ];
  const entries = Object.entries(parameters).map(([parameter, value]) =>
    javascript.parameter(parameter, literal(value, javascript)),
  );
  const given = entries.length === 0 ? '' : ', parameters';
  return [
    `import { createSource } from '@windlass/sdk';\n\nconst source = createSource({${listed(options)}\n});\n`,
    ...(entries.length === 0 ? [] : [`const parameters = {${listed(entries)}\n};`]),
    `const url = source.url(${quoted(path)}${given});`,
    `const srcset = source.srcset(${quoted(path)}${given});\n`,
  ].join('\n');
};

/** Code that builds the URL with a client library, told where this server is. */
export const clientSnippet = (client: SnippetClient, input: SnippetInput): string => {
  switch (client) {
    case 'sdk':
      return sdk(input);
    case 'javascript':
      return imglab(javascript, input);
    case 'python':
      return imglab(python, input);
    case 'ruby':
      return imglab(ruby, input);
    case 'elixir':
      return imglab(elixir, input);
  }
};
