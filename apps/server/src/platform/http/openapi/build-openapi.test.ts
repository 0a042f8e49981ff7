import { operations } from '@windlass/contract';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { buildOpenApi } from './build-openapi.ts';

const content = z.object({ 'application/json': z.object({ example: z.unknown() }) });
const described = z.looseObject({
  operationId: z.string(),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: content.optional() })),
});
const openApi = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), described)) });

const document = buildOpenApi(operations, '1.2.3');
const { paths } = openApi.parse(document);
const byId = new Map(
  Object.values(paths)
    .flatMap((methods) => Object.values(methods))
    .map((call) => [call.operationId, call]),
);

describe('the OpenAPI document', () => {
  test('describes every call once', () => {
    expect([...byId.keys()].toSorted()).toEqual(operations.map(({ id }) => id).toSorted());
    expect(operations.length).toBeGreaterThan(30);
  });

  test('every reference points at something', () => {
    const text = JSON.stringify(document);
    for (const [, kind, name] of text.matchAll(/"#\/components\/(schemas|responses)\/(\w+)"/g)) {
      expect(document).toHaveProperty(['components', kind ?? '', name ?? '']);
    }
    expect(text).not.toContain('$defs');
  });

  test.each(operations.map((operation) => [operation.id, operation] as const))(
    'the examples of %s are what its schemas take',
    (id, { body, response, status }) => {
      const call = byId.get(id);
      const sent = call?.requestBody?.content['application/json'].example;
      const answered = call?.responses[status]?.content?.['application/json'].example;
      expect(body?.safeParse(sent).error).toBeUndefined();
      expect(response?.safeParse(answered).error).toBeUndefined();
    },
  );

  test('has what else is given beside the calls', () => {
    const more = { tag: 'Pictures', paths: { '/{name}': { get: { operationId: 'getPicture' } } } };
    const shape = z.object({ paths: z.record(z.string(), z.unknown()), tags: z.array(z.unknown()) });
    const { paths: both, tags } = shape.parse(buildOpenApi(operations, '1.2.3', [more]));
    expect(both).toEqual({ ...shape.parse(document).paths, ...more.paths });
    expect(tags.at(-1)).toEqual({ name: 'Pictures' });
  });

  test('two builds are the same text', () => {
    expect(JSON.stringify(buildOpenApi(operations.toReversed(), '1.2.3').paths)).toBe(
      JSON.stringify(document.paths),
    );
  });
});
