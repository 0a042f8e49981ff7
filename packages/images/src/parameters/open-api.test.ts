import { expect, it } from 'vitest';
import { parsePlan } from '../plan/plan.ts';
import { openApiParameters } from './open-api.ts';
import { parameterNames } from './parameters.ts';

const described = openApiParameters();

it('describes every parameter once', () => {
  expect(described.map(({ name }) => name)).toEqual(parameterNames);
});

it('says type, bounds, choices and default', () => {
  const schema = (name: string) => described.find((parameter) => parameter.name === name)?.schema;
  expect(schema('quality')).toEqual({ type: 'integer', minimum: 0, maximum: 100, default: 80 });
  expect(schema('text-size')).toEqual({ type: 'number', minimum: 1, maximum: 2000, default: 40 });
  expect(schema('mode')).toEqual({ type: 'string', enum: ['clip', 'crop', 'contain', 'face', 'force'] });
  expect(schema('upscale')).toEqual({ type: 'boolean', default: false });
  expect(schema('crop')).toEqual({ type: 'string', default: 'center,middle' });
});

it.each(
  described.flatMap(({ name, schema, example }) => [
    [name, example] as const,
    [name, schema.default] as const,
  ]),
)('%s takes %s', (name, value) => {
  const presets = { thumbnail: '' };
  if (value !== undefined)
    expect(() => parsePlan(`${name}=${encodeURIComponent(String(value))}`, { presets })).not.toThrow();
});
