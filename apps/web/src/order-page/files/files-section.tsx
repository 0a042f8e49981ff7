import { useState } from 'react';
import { ProblemNotice } from '../parts/notice.tsx';
import { useOrder, useOrderState } from '../session/session-context.ts';
import { words } from '../words.ts';
import { AddFiles } from './add-files.tsx';
import { BulkOptions } from './bulk-options.tsx';
import { FileNotices } from './file-notices.tsx';
import { FileSheet } from './file-sheet.tsx';
import { FileTile } from './file-tile.tsx';
import { totalsOf } from './order-file.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useGrowing } from './use-growing.ts';

/** Tiles that are put on the page at once. */
const step = 120;

const Tiles = ({ onOpen }: { onOpen: (id: string) => void }) => {
  const files = useOrderState((state) => state.files);
  const allFields = useOrderState((state) => state.page.fields);
  const [fields, setFields] = useState({
    from: allFields,
    list: allFields.filter(({ scope }) => scope === 'file'),
  });
  if (fields.from !== allFields) {
    setFields({ from: allFields, list: allFields.filter(({ scope }) => scope === 'file') });
  }
  const { shown, left, end, more } = useGrowing(step, files.size);
  return (
    <>
      <ul className="tiles" aria-label={words.files.list}>
        {[...files.keys()].slice(0, shown).map((id) => (
          <FileTile key={id} id={id} fields={fields.list} onOpen={onOpen} />
        ))}
      </ul>
      {left > 0 && (
        <div ref={end}>
          <button type="button" className="button" onClick={more}>
            {words.files.more(Math.min(step, left))}
          </button>
        </div>
      )}
    </>
  );
};

/** Everything about files: adding, options of all, tiles, and one at close range. */
export const FilesSection = () => {
  const session = useOrder();
  const start = useOrderState((state) => state.start);
  const files = useOrderState((state) => state.files);
  const [open, setOpen] = useState<string | null>(null);
  const { count, bytes } = totalsOf(files);
  return (
    <section aria-labelledby="files-title">
      <div className="section-head">
        <h2 id="files-title">{words.files.title}</h2>
        {count > 0 && <span className="dim">{words.files.summary(count, bytes)}</span>}
      </div>
      <AddFiles />
      {start.kind === 'failed' && (
        <ProblemNotice problem={start.problem} retry={() => void session.begin()} />
      )}
      <FileNotices />
      {count > 0 && (
        <>
          <BulkOptions />
          {count > 1 && (
            <div className="row">
              <SelectionBar />
            </div>
          )}
          <Tiles onOpen={setOpen} />
        </>
      )}
      {open !== null && <FileSheet id={open} onOpen={setOpen} />}
    </section>
  );
};
