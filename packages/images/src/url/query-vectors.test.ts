import { describe, expect, it } from 'vitest';
import { canonicalPlan } from '../plan/canonical-plan.ts';
import { parsePlan } from '../plan/plan.ts';
import { parseTarget } from './target.ts';
import signed from './signature-vectors.json' with { type: 'json' };
import unsigned from './query-vectors.json' with { type: 'json' };

const signedQueries = signed.vectors.flatMap(({ url }) => {
  const target = url?.replace(/^https?:\/\/[^/?]*/, '');
  return target === undefined ? [] : [parseTarget({ target, host: 'a.b', imagesHost: 'b' }).rawQuery];
});
const queries = [...new Set([...signedQueries, ...unsigned.queries])];

describe("the queries of imglab's clients", () => {
  it('are all there', () => {
    expect(queries.length).toBeGreaterThan(400);
  });

  it.each(queries)('%s is a plan', (query) => {
    const plan = parsePlan(query);
    expect(canonicalPlan(parsePlan(canonicalPlan(plan)))).toBe(canonicalPlan(plan));
  });

  it.each([
    ['width=200&height=300&format=png', { format: 'png', fit: { mode: 'clip', width: 200, height: 300 } }],
    ['width=&height=300', { fit: { width: null, height: 300 } }],
    [
      'trim=color&trim-color=orange',
      { values: { trim: 'color', 'trim-color': { red: 255, green: 165, blue: 0 } } },
    ],
    [
      'mode=crop&crop=bottom%2Cleft&width=9&height=9',
      { values: { crop: { horizontal: 'left', vertical: 'bottom' } } },
    ],
    [
      'watermark=https%3A%2F%2Ffixtures.imglab-cdn.net%2Fexample.svg%3Fwidth%3D100%26format%3Dpng',
      {
        values: {
          watermark: { host: 'fixtures.imglab-cdn.net', target: '/example.svg?width=100&format=png' },
        },
      },
    ],
    ['expires=1464096368', { expires: 1_464_096_368 }],
  ])('%s says what it says', (query, plan) => {
    expect(parsePlan(query)).toMatchObject(plan);
  });
});
