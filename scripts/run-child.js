import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/** One Ctrl-C reaches us from the terminal and again from npm, which passes it on to its script. */
const sameSignalMilliseconds = 500;

/**
 * Runs a program on our own terminal until it ends, and returns its exit code (128 + n after signal n, as a shell does).
 * It has a session of its own, so that a Ctrl-C comes to it once, through us, and not also from the terminal.
 */
export const runChild = (program, args, { env = process.env, cwd } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env, cwd, detached: true });
    const lastSent = new Map();
    const forward = (signal) => {
      const now = performance.now();
      if (now - (lastSent.get(signal) ?? -Infinity) < sameSignalMilliseconds) return;
      lastSent.set(signal, now);
      child.kill(signal);
    };
    for (const signal of forwarded) process.on(signal, forward);
    const settle = () => {
      for (const signal of forwarded) process.off(signal, forward);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      settle();
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });

/**
 * Runs a program quietly and returns its exit code with all it printed; for steps whose words matter only when they fail.
 * It shares our process group, so a Ctrl-C ends it too.
 */
export const runQuietly = (program, args, { env = process.env, cwd } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env, cwd });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }),
    );
  });
