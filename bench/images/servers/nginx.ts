import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../../tests/support/free-port.ts';
import { provideProgram } from '../debian.ts';
import type { MeasuredServer } from './server-process.ts';
import { Unavailable } from './unavailable.ts';

const packages = ['nginx', 'libnginx-mod-http-image-filter'];
const filterModule = '/usr/lib/nginx/modules/ngx_http_image_filter_module.so';

/** A worker a core; `/800/photo.jpg` is the photograph in 800 px, in its own format: the filter knows no other. */
const configuration = (scratch: string, photographs: string, port: number): string => `
load_module ${filterModule};
${process.geteuid?.() === 0 ? 'user root;' : ''}
daemon off;
pid ${scratch}/nginx.pid;
error_log stderr crit;
worker_processes ${availableParallelism()};
events {}
http {
  access_log off;
  client_body_temp_path ${scratch}/body;
  proxy_temp_path ${scratch}/proxy;
  fastcgi_temp_path ${scratch}/fastcgi;
  uwsgi_temp_path ${scratch}/uwsgi;
  scgi_temp_path ${scratch}/scgi;
  server {
    listen 127.0.0.1:${port};
    location ~ ^/(?<width>\\d+)/(?<photo>.+)$ {
      alias ${photographs}/$photo;
      image_filter resize $width -;
      image_filter_buffer 64M;
      image_filter_jpeg_quality 80;
    }
  }
}
`;

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

/**
 * nginx with its image filter (gd), from Debian.
 *
 * @throws {Unavailable} where Debian cannot bring it
 */
export const startNginx = async (photographs: string): Promise<MeasuredServer> => {
  const program = provideProgram('nginx', packages);
  if (program === null || provideProgram(filterModule, packages) === null) {
    throw new Unavailable('apt-get cannot install it');
  }
  const scratch = await mkdtemp(join(tmpdir(), 'windlass-bench-nginx-'));
  const port = await freePort();
  const file = join(scratch, 'nginx.conf');
  await writeFile(file, configuration(scratch, photographs, port));
  const child = spawn(program, ['-p', scratch, '-c', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await rm(scratch, { recursive: true, force: true });
  };
  for (let tries = 0; !(await listens(port)); tries += 1) {
    if (tries === 100 || child.exitCode !== null) {
      await end();
      throw new Error('nginx does not listen');
    }
    await delay(50);
  }
  return { port, pid: child.pid ?? 0, [Symbol.asyncDispose]: end };
};
