import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { chromiumFlags, chromiumPath } from '../../tests/support/chromium.ts';

/** What a browser does of its own accord right after its start is over by then. */
const settleMilliseconds = 2500;

const pages = z.array(z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string() }));
const chosen = z.object({ result: z.object({ objectId: z.string() }) });

/**
 * Chromium as a person has it: nobody listens while it works. Playwright keeps the network domain of the DevTools protocol
 * open in every page, which tells each request with its body to a socket and keeps it for later: a page with 2,000 requests
 * then costs a quarter more, and ten times as much where bodies are buffers.
 */
export interface UnwatchedChromium extends AsyncDisposable {
  processId: number;
  /** Puts files into the page's one input, calls what is to be begun, and goes. */
  begin(files: readonly string[], expression: string): Promise<void>;
}

/** @param url of the one page that it opens */
export const startUnwatchedChromium = async (url: string): Promise<UnwatchedChromium> => {
  const profile = await mkdtemp(join(tmpdir(), 'bench-chromium-'));
  const child = spawn(
    chromiumPath,
    [
      '--headless',
      ...chromiumFlags,
      '--disable-extensions',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      url,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const { pid: processId } = child;
  const end = async () => {
    const exited = once(child, 'exit');
    child.kill();
    await exited;
    // Chromium's last children may still be writing to it.
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    if (processId === undefined) throw new Error('Chromium does not start.');
    const host = await debuggerOf(child.stderr);
    await new Promise((resolve) => setTimeout(resolve, settleMilliseconds));
    return {
      processId,
      begin: async (files, expression) => {
        const list = pages.parse(await (await fetch(`http://${host}/json/list`)).json());
        const page = list.find((one) => one.type === 'page' && one.url === url);
        if (page === undefined) throw new Error(`Chromium has not opened ${url}.`);
        const session = await openSession(page.webSocketDebuggerUrl);
        const input = await session.call('Runtime.evaluate', {
          expression: 'document.querySelector("input")',
        });
        const { objectId } = chosen.parse(input).result;
        await session.call('DOM.setFileInputFiles', { objectId, files });
        await session.call('Runtime.evaluate', { expression });
        await session.close();
      },
      [Symbol.asyncDispose]: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
};

/** Chromium writes where it listens to its error stream; what else it writes there is nobody's. */
const debuggerOf = async (errors: NodeJS.ReadableStream): Promise<string> => {
  const lines = createInterface({ input: errors });
  for await (const line of lines) {
    const host = /^DevTools listening on ws:\/\/([^/]+)\//.exec(line)?.[1];
    if (host === undefined) continue;
    errors.resume();
    return host;
  }
  throw new Error('Chromium has ended.');
};

const answered = z.object({
  id: z.int().optional(),
  result: z.unknown(),
  error: z.object({ message: z.string() }).optional(),
});

/** Calls of the DevTools protocol, one after another. */
const openSession = async (
  address: string,
): Promise<{ call(method: string, params: object): Promise<unknown>; close(): Promise<void> }> => {
  const socket = new WebSocket(address);
  await once(socket, 'open');
  let last = 0;
  return {
    call: (method, params) => {
      last += 1;
      const id = last;
      const answer = new Promise<unknown>((resolve, reject) => {
        socket.addEventListener('message', function hear({ data }) {
          const message = answered.parse(JSON.parse(String(data)));
          if (message.id !== id) return;
          socket.removeEventListener('message', hear);
          if (message.error === undefined) resolve(message.result);
          else reject(new Error(`${method}: ${message.error.message}`));
        });
      });
      socket.send(JSON.stringify({ id, method, params }));
      return answer;
    },
    close: async () => {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
};
