import { writevSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import sharp from 'sharp';
import { allowLoaders } from './allow-loaders.ts';
import { frameParts } from './frames.ts';
import type { ChildNotice, RenderAnswer, RenderJob, RenderUsage } from './job.ts';
import { outOfMemory } from './out-of-memory.ts';
import { RenderError } from './render-error.ts';
import { renderMezzanine } from './render-mezzanine.ts';
import { renderPicture } from './render-picture.ts';

/** Entry of a child process: takes jobs from stdin, a line of JSON each, one at a time, and holds nothing else. */

sharp.concurrency(1);
sharp.cache(false);
allowLoaders();

const answerPipe = 3;

const die = (): never => {
  // A decode may be running in a thread, and exit() would wait for it; nobody reads the result of a dead parent's job.
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable: the signal has ended this process');
};

/** The pipe blocks: this process has nothing else to do, and a loop with nothing to wait for costs nothing. */
const send = (header: RenderAnswer | ChildNotice, body: Uint8Array): void => {
  try {
    let parts: Uint8Array[] = frameParts(header, body);
    while (parts.length > 0) {
      let written = writevSync(answerPipe, parts);
      parts = parts.flatMap((part) => {
        const taken = Math.min(written, part.byteLength);
        written -= taken;
        return taken === part.byteLength ? [] : [part.subarray(taken)];
      });
    }
  } catch {
    // The parent is gone.
    die();
  }
};

const nothing = new Uint8Array();

const render = (job: RenderJob) => (job.kind === 'picture' ? renderPicture(job) : renderMezzanine(job));

const run = async (job: RenderJob): Promise<void> => {
  const before = process.cpuUsage();
  const usage = (): RenderUsage => {
    const { user, system } = process.cpuUsage(before);
    return {
      rssBytes: process.memoryUsage.rss(),
      peakRssBytes: process.resourceUsage().maxRSS * 1024,
      cpuMilliseconds: (user + system) / 1000,
    };
  };
  try {
    const { bytes, ...picture } = await render(job);
    send({ ok: true, picture, ...usage() }, bytes);
  } catch (error) {
    const { reason, message } = outOfMemory(error)
      ? new RenderError('too-large', 'This picture needs more memory than a renderer may have')
      : error instanceof RenderError
        ? error
        : new RenderError('bad-value', 'This picture cannot be made');
    send({ ok: false, reason, message, ...usage() }, nothing);
  }
};

// Ctrl-C reaches the whole process group; the parent lets running jobs finish and then ends its children.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

let line = '';
process.stdin
  .setEncoding('utf8')
  .on('data', (text: string) => {
    line += text;
    if (!line.endsWith('\n')) return;
    // Our parent is the only one on this pipe: one job, then its answer, then the next.
    const job = JSON.parse(line) as RenderJob;
    line = '';
    send({ notice: 'begun' }, nothing);
    void run(job);
  })
  .on('error', die)
  .on('end', die);

send({ notice: 'ready' }, nothing);
// Its end is a SIGKILL, which would not leave the cache to the next child.
flushCompileCache();
