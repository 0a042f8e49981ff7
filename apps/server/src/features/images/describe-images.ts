import { formatFacts, outputFormats } from '@windlass/images';
import { openApiParameters } from '@windlass/images/parameters';

type Json = Record<string, unknown>;

/** The listener of pictures is an origin of its own; what it is called is the operator's choice. */
const servers = [
  {
    url: '{imagesUrl}',
    description: 'The image server',
    variables: {
      imagesUrl: {
        default: 'http://localhost:7401',
        description: 'Its public address (WINDLASS_IMAGES_URL)',
      },
    },
  },
];

const inPath = (name: string, description: string, example: string): Json => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
  example,
});

const inHeader = (name: string, description: string): Json => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
});

const signature: Json = {
  name: 'signature',
  in: 'query',
  required: false,
  description:
    'Of a secured source: HMAC-SHA256 over salt, path and query, base64url; always the last parameter. Not set: 403 there, nothing elsewhere.',
  schema: { type: 'string' },
};

const parameters: Json[] = [
  inPath('source', 'Name of the source', 'demo'),
  inPath('path', 'Of the picture below the source; its slashes may stay as they are', 'harbour-at-dawn.jpg'),
  ...openApiParameters().map((parameter) => ({ ...parameter, required: false })),
  signature,
  inHeader('Accept', 'With `format=auto`: what the client shows'),
  inHeader('Save-Data', '`on` with `format=auto`: fewer bytes, unless the URL names a quality'),
  inHeader('If-None-Match', 'Answered 304 while the picture is still the same'),
];

const header = (description: string): Json => ({ description, schema: { type: 'string' } });
const pictureHeaders: Json = {
  ETag: header('Strong; equal for equal pictures'),
  'Cache-Control': header('As the source says'),
  'Cache-Status': header('Which cache had it (RFC 9211)'),
  'Server-Timing': header('Milliseconds of each stage'),
  Vary: header('`Accept, Save-Data` with `format=auto`'),
};

const refusal = (description: string): Json => ({
  description,
  content: { 'text/plain': { schema: { type: 'string' } } },
});

const responses = (content: Json): Json => ({
  200: { description: 'The picture.', headers: pictureHeaders, ...content },
  304: { description: 'The caller has it already.', headers: pictureHeaders },
  400: refusal('A parameter has a value that it does not take; the text names it.'),
  403: refusal('The signature is missing or wrong, or the URL has expired.'),
  404: refusal('No such source, or no such picture.'),
  413: refusal('The original is larger than the source allows.'),
  415: refusal('The original is no picture that can be read.'),
  422: refusal('The picture would take more work than one may.'),
  502: refusal('The origin did not answer as expected.'),
  503: refusal('Busy; see Retry-After.'),
  504: refusal('The origin did not answer in time.'),
});

const call = (operationId: string, summary: string, content: Json): Json => ({
  operationId,
  tags: ['Images'],
  summary,
  security: [],
  servers,
  parameters,
  responses: responses(content),
});

const contentTypes = [...new Set(outputFormats.map((format) => formatFacts[format].contentType))];
const pictures: Json = {
  content: Object.fromEntries(
    contentTypes.map((type) => [
      type,
      { schema: type.startsWith('image/') ? { type: 'string', format: 'binary' } : { type: 'string' } },
    ]),
  ),
};

/** How pictures are asked for, as OpenAPI has it; the parameters are those that the parser reads. */
export const describeImages = (): { tag: string; paths: Record<string, Json> } => ({
  tag: 'Images',
  paths: {
    '/{source}/{path}': {
      get: call('getImage', 'A picture of a source, made as the parameters say', pictures),
      head: call('headImage', 'The same without the bytes', {}),
    },
  },
});
