import { expect, it } from 'vitest';
import { parsePlan } from '../plan/plan.ts';
import { openApiParameters } from './open-api.ts';
import { parameterNames } from './parameters.ts';

const described = openApiParameters();
const schema = (name: string) => described.find((parameter) => parameter.name === name)?.schema;

it('describes every parameter once', () => {
  expect(described.map(({ name }) => name)).toEqual(parameterNames);
});

it('says type, bounds, choices and default', () => {
  expect(schema('quality')).toEqual({ type: 'integer', minimum: 0, maximum: 100, default: 80 });
  expect(schema('text-size')).toEqual({ type: 'number', minimum: 1, maximum: 2000, default: 40 });
  expect(schema('mode')).toEqual({ type: 'string', enum: ['clip', 'crop', 'contain', 'face', 'force'] });
  expect(schema('upscale')).toEqual({ type: 'boolean', default: false });
  expect(schema('crop')).toEqual({ type: 'string', default: 'center,middle' });
});

it.each(
  described.flatMap(({ name, schema: { default: initial }, example }) => [
    { name, value: example },
    ...(initial === undefined ? [] : [{ name, value: initial }]),
  ]),
)('$name takes $value', ({ name, value }) => {
  const query = `${name}=${encodeURIComponent(value)}`;
  expect(parsePlan(query, { presets: { thumbnail: '' } })).toHaveProperty('values');
});
