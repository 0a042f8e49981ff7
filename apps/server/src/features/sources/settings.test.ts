import { createSource } from '@windlass/contract';
import { describe, expect, it } from 'vitest';
import { requireSettings } from './settings.ts';

const connectionId = 'con_01jv3k5n8q2r4s6t8v0w2x4y6z';

const save = (more: object) =>
  requireSettings(createSource.body.parse({ name: 'demo', connectionId, ...more }));

const logo = (query: string): string => `watermark=${encodeURIComponent(`logo.png?${query}`)}`;
const address = (query: string): string =>
  `compose=${encodeURIComponent(`https://images.test/other/a.png?${query}`)}`;

describe('the parameters that a source saves', () => {
  it.each([
    logo('width=50&preset=round'),
    logo(logo('width=9')),
    address('preset=theirs&width=16000&signature=x'),
    address(logo('preset=theirs')),
    'watermark=logo.png&shape=circle.svg&compose=frame.png',
  ])('take %s, whatever strangers may ask for', (query) => {
    const rules = { presetsOnly: true, allowedSizes: [320] };
    const presets = { round: 'height=50', made: query };
    expect(save({ ...rules, presets, defaultParameters: query }).defaultParameters).toBe(query);
  });

  it.each([
    [logo('width=no'), 'watermark cannot be used: width takes a whole number from 1 to 8192'],
    [logo('preset=none'), "watermark cannot be used: preset none is none of this source's presets"],
    [logo(logo('width=no')), 'watermark cannot be used: watermark cannot be used: width takes'],
    [logo(logo(logo('width=9'))), 'Pictures nest at most 2 deep'],
    [logo('preset=made'), 'Pictures nest at most 2 deep'],
    [address('format=bmp'), 'compose cannot be used: format takes one of'],
    [`watermark=${encodeURIComponent('%ff.png')}`, 'watermark cannot be used: path is not UTF-8'],
  ])('are refused where an overlay could not be used: %s', (query, message) => {
    const presets = { made: query };
    expect(() => save({ presets })).toThrow(message);
    expect(() => save({ presets })).toThrow(
      expect.objectContaining({
        code: 'invalidRequest',
        errors: [expect.objectContaining({ path: 'presets.made' })],
      }),
    );
    expect(() =>
      save({ presets: { made: 'watermark=logo.png' }, defaultParameters: query.replace('made', 'none') }),
    ).toThrow(expect.objectContaining({ errors: [expect.objectContaining({ path: 'defaultParameters' })] }));
  });

  it('are refused where more than six pictures come together', () => {
    const three = 'watermark=a.png&shape=b.png&compose=c.png';
    const seven = `watermark=${encodeURIComponent(`a.png?${three}`)}&shape=${encodeURIComponent('b.png?compose=c.png')}&compose=d.png`;
    expect(() => save({ defaultParameters: seven })).toThrow('A picture is made of at most 6 others');
  });
});
