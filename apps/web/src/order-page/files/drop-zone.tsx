import { filesOfDataTransfer } from '@windlass/transfer';
import { useEffect, useRef, useState } from 'react';
import { useOrder } from '../session/session-context.ts';
import { words } from '../words.ts';

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Takes files and whole folders that are dropped anywhere on the page; a browser would open them in its place. */
export const DropZone = () => {
  const session = useOrder();
  const [over, setOver] = useState(false);
  // Each element below the pointer tells of entering and leaving; over the page is where more were entered.
  const depth = useRef(0);
  useEffect(() => {
    const take = async (transfer: DataTransfer) => {
      try {
        session.choose(await filesOfDataTransfer(transfer));
      } catch (error) {
        session.refuse([
          { name: words.files.dropped, reason: error instanceof Error ? error.message : String(error) },
        ]);
      }
    };
    const listening = new AbortController();
    const { signal } = listening;
    const enter = (step: 1 | -1) => (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      depth.current = Math.max(0, depth.current + step);
      setOver(depth.current > 0);
    };
    window.addEventListener('dragenter', enter(1), { signal });
    window.addEventListener('dragleave', enter(-1), { signal });
    window.addEventListener('dragover', (event) => holdsFiles(event) && event.preventDefault(), { signal });
    window.addEventListener(
      'drop',
      (event) => {
        if (!holdsFiles(event) || event.dataTransfer === null) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        void take(event.dataTransfer);
      },
      { signal },
    );
    return () => listening.abort();
  }, [session]);
  return over ? (
    <div className="drop-zone" aria-hidden="true">
      <span>{words.files.dropNow}</span>
    </div>
  ) : null;
};
