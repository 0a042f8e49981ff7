import { describe, expect, test } from 'vitest';
import { Secret } from '../../kernel/secret.ts';
import { createLog } from './log.ts';

const capture = (pretty = false) => {
  const lines: string[] = [];
  const log = createLog({ level: 'info', pretty, destination: { write: (text) => lines.push(text) } });
  return { log, lines };
};

describe('the log', () => {
  test('hides secrets, as a Secret and by the name of the field', () => {
    const { log, lines } = capture();
    log.info(
      {
        key: new Secret('planted-1'),
        password: 'planted-2',
        body: { secretAccessKey: 'planted-3' },
        request: { headers: { authorization: 'planted-4', cookie: 'planted-5' } },
      },
      'a careless line',
    );
    expect(lines.join('')).toContain('a careless line');
    expect(lines.join('')).not.toContain('planted');
  });

  test('prints of an error its message, code and causes, not what a library hung on it', () => {
    const { log, lines } = capture();
    const inner = Object.assign(new Error('socket closed'), { code: 'ECONNRESET' });
    const error = Object.assign(new Error('no answer', { cause: inner }), {
      $response: { headers: { 'x-secret': 'planted' } },
    });
    log.error({ err: error }, 'failed');
    expect(JSON.parse(lines.join(''))).toMatchObject({
      level: 'error',
      err: { message: 'no answer', cause: { message: 'socket closed', code: 'ECONNRESET' } },
    });
    expect(lines.join('')).not.toContain('planted');
  });

  test('leaves out lines below its level', () => {
    const { log, lines } = capture();
    log.debug({}, 'quiet');
    expect(lines).toEqual([]);
  });

  test('on a terminal a line is a sentence with its facts', () => {
    const { log, lines } = capture(true);
    log.child({ part: 'jobs' }).warn({ tries: 2 }, 'tried again');
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d warn {2}tried again part=jobs tries=2\n$/);
  });

  test('on a terminal nothing that a caller sent can move the cursor or begin a line of its own', () => {
    const { log, lines } = capture(true);
    const sent = 'a\u001b[2J\u009b1A\r\n09:00:00 warn  forged';
    log.warn({ key: sent, err: new Error(sent) }, `asked for ${sent}`);
    // oxlint-disable-next-line no-control-regex
    expect(lines[0]).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(lines[0]).not.toMatch(/^09:00:00 warn {2}forged/m);
  });
});
