import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { isAlive, renderersOf } from './testing/child-processes.ts';
import { writeOriginals } from './testing/render-jobs.ts';

it('ends the children of a parent that is killed, in the middle of a job', async () => {
  await using originals = await writeOriginals();
  const program = `
    import { createRenderPool } from ${JSON.stringify(new URL('render-pool.ts', import.meta.url).href)};
    import { request } from ${JSON.stringify(new URL('testing/render-jobs.ts', import.meta.url).href)};
    const pool = createRenderPool({ size: 1, niceness: 0, maxRssBytes: 4 * 1024 ** 3 });
    await pool.render(request(process.argv[1], 'width=10'));
    void pool.render(request(process.argv[1], 'width=8000&height=8000&mode=force&upscale=true&format=avif'));
    setTimeout(() => process.stdout.write('running'), 100);
  `;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program, originals.small], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(parent.stdout, 'data');
  const children = renderersOf(parent.pid ?? 0);
  expect(children.length).toBeGreaterThan(0);
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  await expect.poll(() => children.filter(isAlive), { timeout: 3000 }).toEqual([]);
});
