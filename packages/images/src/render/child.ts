import { setPriority } from 'node:os';
import sharp from 'sharp';
import type { RenderAnswer, RenderJob } from './job.ts';
import { RenderError } from './render-error.ts';
import { renderPicture } from './render-picture.ts';

/** Entry of a child process: takes jobs over IPC, one at a time, and holds nothing else. */

sharp.concurrency(1);
sharp.cache(false);
// Only decoders of formats that we name, and only from memory: no path, no SVG, no PDF, no ImageMagick.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadHeifBuffer',
    'VipsForeignLoadNsgifBuffer',
    'VipsForeignLoadTiffBuffer',
  ],
});

// The process that faces the network goes first when the cores are busy.
setPriority(5);

// A decode may be running in a thread, and exit() would wait for it; nobody reads the result of a dead parent's job.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Ctrl-C reaches the whole process group; the parent lets running jobs finish and then closes the channel.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const answer = async (job: RenderJob): Promise<RenderAnswer> => {
  try {
    const picture = await renderPicture(job);
    return { ok: true, picture, rssBytes: process.memoryUsage.rss() };
  } catch (error) {
    const rssBytes = process.memoryUsage.rss();
    if (error instanceof RenderError)
      return { ok: false, reason: error.reason, message: error.message, rssBytes };
    return { ok: false, reason: 'bad-value', message: 'This picture cannot be made', rssBytes };
  }
};

process.on('message', (message) => {
  // The parent is the only one on this channel and sends nothing else.
  void answer(message as RenderJob).then((reply) => process.send?.(reply));
});
