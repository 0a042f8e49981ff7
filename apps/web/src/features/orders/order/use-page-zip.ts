import { useMutation } from '@tanstack/react-query';
import type { Order, OrderFile } from '@windlass/contract';
import { makeZip } from 'client-zip';
import { useEffect, useRef, useState } from 'react';
import { filesToZip } from './page-zip.ts';
import { saveFrom } from './save-from.ts';
import { canStreamToDisk, pickFile } from './save-stream.ts';
import { useOrderFiles } from './order-files-context.ts';

/** The page is drawn at most so often while bytes come in. */
const drawMilliseconds = 200;

/** Makes the zip in this page, out of bytes that come straight from the bucket. */
export const usePageZip = (order: Order, files: readonly OrderFile[]) => {
  const { attachment } = useOrderFiles();
  const [bytes, setBytes] = useState(0);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const make = useMutation({
    mutationFn: async () => {
      const name = `${order.number}.zip`;
      const target = canStreamToDisk() ? await pickFile(name) : undefined;
      if (target === null) return;
      const gone = new AbortController();
      stop.current = gone;
      let read = 0;
      let drawn = 0;
      setBytes(0);
      const zip = makeZip(
        filesToZip(files, order.place.prefix, {
          urlOf: attachment.urlOf,
          signal: gone.signal,
          onBytes: (more) => {
            read += more;
            const now = performance.now();
            if (now - drawn < drawMilliseconds) return;
            drawn = now;
            setBytes(read);
          },
        }),
      );
      if (target !== undefined) {
        // A zip that was given up leaves no file: the browser keeps what is written apart until it is closed.
        await zip.pipeTo(target, { signal: gone.signal });
        return;
      }
      const url = URL.createObjectURL(await new Response(zip).blob());
      saveFrom(url, name);
      // The browser has taken the blob over by the next minute.
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    },
  });
  return { make, bytes, cancel: () => stop.current?.abort() };
};
