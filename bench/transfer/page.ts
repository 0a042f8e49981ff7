import {
  browserOnlineSignal,
  createUploadApi,
  createUploader,
  createXhrSender,
  sourceOfFile,
  type SignedRequest,
} from '@windlass/transfer';

/** What became of the files that were chosen. */
export interface Outcome {
  done: number;
  failed: string[];
}

declare global {
  /** What the bench calls in the page; its end is posted to `/outcome`. */
  var uploadChosen: (origin: string, token: string) => Promise<void>;
  var putChosen: () => Promise<void>;
}

const chosenFiles = (): File[] => [...(document.querySelector('input')?.files ?? [])];

/** Nobody looks into the page while it works: it tells what came of it. */
const report = async (outcome: Promise<Outcome>): Promise<void> => {
  const told = await outcome.catch((error: unknown): Outcome => ({ done: 0, failed: [String(error)] }));
  await fetch('/outcome', { method: 'POST', body: JSON.stringify(told) });
};

const upload = async (origin: string, token: string): Promise<Outcome> => {
  const uploader = createUploader({
    api: createUploadApi({ origin, token }),
    send: createXhrSender(),
    online: browserOnlineSignal(),
  });
  uploader.add(chosenFiles().map((file) => sourceOfFile(file)));
  const { items, counts } = await uploader.done();
  return {
    done: counts.done,
    failed: items
      .flatMap(({ name, error }) => (error === null ? [] : [`${name}: ${error.detail}`]))
      .slice(0, 5),
  };
};
globalThis.uploadChosen = (origin, token) => report(upload(origin, token));

/** As many as Chromium has connections to one host. */
const lanes = 6;

/**
 * The least that a page can do: every file by one `fetch`, with a URL that was signed before. No ticket, no hash, no
 * receipt, nothing tried again. Whoever sends files from a page cannot be much faster than this.
 */
const putAll = async (): Promise<Outcome> => {
  const setByBrowser = new Set(['content-length', 'host']);
  // Of the bench's own server, which writes what the API gave it.
  const requests = (await (await fetch('/requests')).json()) as SignedRequest[];
  const waiting = chosenFiles().map((file, at) => ({ file, request: requests[at] }));
  let done = 0;
  const failed: string[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { file, request } = next;
      if (request === undefined) throw new Error('There are fewer URLs than files.');
      const headers = Object.entries(request.headers).filter(([name]) => !setByBrowser.has(name));
      const { ok, status } = await fetch(request.url, { method: 'PUT', headers, body: file });
      if (ok) done += 1;
      else failed.push(`${file.name}: ${status}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { done, failed };
};
globalThis.putChosen = () => report(putAll());
