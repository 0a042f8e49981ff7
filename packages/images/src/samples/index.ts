import { fork } from 'node:child_process';
import { childEnvironment } from '../render/child-environment.ts';
import type { SamplePicture } from './sample-picture.ts';

export type { SamplePicture } from './sample-picture.ts';

interface SampleOptions {
  /** File names; default: all. */
  only?: readonly string[];
  signal?: AbortSignal;
}

type Message = { picture: SamplePicture } | { done: true };

/**
 * Draws the demo's pictures in a child process: twelve JPEGs and a PNG with transparency of 1600 to 2400 pixels and a
 * small animated GIF. One JPEG is stored turned with an EXIF orientation. The same pictures every time, but for grain.
 *
 * @throws Error when the child fails or takes longer than a minute.
 */
export const renderSamplePictures = ({ only, signal }: SampleOptions = {}): Promise<SamplePicture[]> =>
  new Promise((resolve, reject) => {
    const limit = AbortSignal.timeout(60_000);
    const pictures: SamplePicture[] = [];
    let errors = '';
    const child = fork(new URL('./samples-child.ts', import.meta.url), [], {
      env: childEnvironment(),
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      killSignal: 'SIGKILL',
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-2000);
    });
    // Our own child is on the other end.
    child.on('message', (message: Message) => {
      if ('picture' in message) pictures.push(message.picture);
      else {
        child.kill('SIGKILL');
        resolve(pictures.toSorted((a, b) => a.name.localeCompare(b.name, 'en')));
      }
    });
    child.once('error', reject);
    child.once('exit', () =>
      reject(new Error('The demo pictures could not be drawn', { cause: new Error(errors) })),
    );
    child.send({ only });
  });
