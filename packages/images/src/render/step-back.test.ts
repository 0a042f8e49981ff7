import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { stepBack } from './step-back.ts';
import { nicesOf } from './testing/child-processes.ts';

it('puts back the threads that a process has started already, too, and goes no further than 19', async () => {
  const child = spawn(process.execPath, ['-e', "console.log('up'); setInterval(() => {}, 1000)"]);
  const exited = once(child, 'exit');
  try {
    await once(child.stdout, 'data');
    const { pid = 0 } = child;
    expect(nicesOf(pid).length).toBeGreaterThan(3);
    stepBack(pid, 12);
    expect(new Set(nicesOf(pid))).toEqual(new Set([12]));
    stepBack(pid, 40);
    expect(new Set(nicesOf(pid))).toEqual(new Set([19]));
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
  // A process that is gone is no trouble.
  stepBack(child.pid ?? 0, 12);
});
