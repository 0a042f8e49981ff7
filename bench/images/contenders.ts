import { copies, type Contender } from './contender.ts';
import { nextVersion, startNext } from './servers/next.ts';
import { startNginx } from './servers/nginx.ts';
import { startServerProcess } from './servers/server-process.ts';

export const windlass: Contender = {
  name: 'Windlass',
  start: (photographs) => startServerProcess('windlass-process.ts', [photographs]),
  request: ({ original, width, format }, n) => ({
    path: `/bench/${n % copies}/${original}?width=${width}&format=${format}`,
  }),
};

export const rawSharp: Contender = {
  name: 'raw sharp',
  start: (photographs) => startServerProcess('raw-sharp-process.ts', [photographs]),
  request: ({ original, width, format }) => ({ path: `/${original}?width=${width}&format=${format}` }),
};

export const ipx: Contender = {
  name: 'ipx 3.1.1',
  start: (photographs) => startServerProcess('ipx-process.ts', [photographs]),
  request: ({ original, width, format }) => ({ path: `/w_${width},f_${format}/${original}` }),
};

export const next: Contender = {
  name: `next ${nextVersion}`,
  start: startNext,
  request: ({ original, width, format }, n) => ({
    path: `/_next/image?url=${encodeURIComponent(`/${n % copies}/${original}`)}&w=${width}&q=75`,
    headers: { accept: `image/${format}` },
  }),
};

export const nginx: Contender = {
  name: 'nginx image_filter',
  start: startNginx,
  request: ({ original, width, format }) => (format === 'avif' ? null : { path: `/${width}/${original}` }),
  makesInstead: ({ original }) => (original.endsWith('.png') ? 'png' : 'jpeg'),
};

/** All with their own default settings; raw sharp with ours. */
export const contenders: readonly Contender[] = [windlass, rawSharp, ipx, next, nginx];
