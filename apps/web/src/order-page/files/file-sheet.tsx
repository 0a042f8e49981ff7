import { IconChevronLeft, IconChevronRight, IconTrash, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { formatBytes } from '../../lib/format.ts';
import { FormFieldView } from '../form/form-field.tsx';
import { useOrder, useOrderState } from '../session/session-context.ts';
import { words } from '../words.ts';
import { FilePicture } from './file-picture.tsx';
import { stateWord } from './file-tile.tsx';
import { nextStep } from './next-step.ts';
import { baseName } from './order-file.ts';

interface FileSheetProps {
  id: string;
  onOpen: (id: string | null) => void;
}

/** One file at close range: its picture, its options, what went wrong with it. A sheet from below on a phone. */
export const FileSheet = ({ id, onOpen }: FileSheetProps) => {
  const session = useOrder();
  const files = useOrderState((state) => state.files);
  const tried = useOrderState((state) => state.tried);
  const fields = useOrderState((state) => state.page.fields).filter(({ scope }) => scope === 'file');
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    // A tap beside the sheet closes it, where the browser can (HTML, light dismiss).
    dialog.current?.setAttribute('closedby', 'any');
    dialog.current?.showModal();
  }, []);
  const file = files.get(id);
  const ids = [...files.keys()];
  const place = ids.indexOf(id);
  const [previous, next] = [ids[place - 1], ids[place + 1]];
  const close = () => onOpen(null);
  useEffect(() => {
    if (file === undefined) close();
  });
  if (file === undefined) return null;
  const name = baseName(file.name);
  return (
    <dialog ref={dialog} className="sheet" aria-labelledby="sheet-title" onClose={close}>
      <div className="sheet-body">
        <div className="sheet-head">
          <h2 id="sheet-title">{name}</h2>
          <button
            type="button"
            className="icon-button"
            aria-label={words.close}
            onClick={() => dialog.current?.close()}
          >
            <IconX size={20} aria-hidden />
          </button>
        </div>
        <div className="sheet-picture">
          <FilePicture id={id} name={file.name} type={file.type} />
        </div>
        <p className="dim">
          {formatBytes(file.size)} · {stateWord(file)}
        </p>
        {file.error !== null && (
          <p className="field-problem">
            {file.error.detail} {nextStep(file.error)}
          </p>
        )}
        {fields.length > 0 && (
          <div className="fields">
            {fields.map((field) => (
              <FormFieldView
                key={`${id} ${field.id}`}
                field={field}
                id={`sheet-${field.id}`}
                shared={{ kind: 'same', value: file.options[field.id] }}
                onChange={(value) => session.setOption([id], field.id, value)}
                tried={tried}
              />
            ))}
          </div>
        )}
        <div className="row">
          {fields.length > 0 && files.size > 1 && (
            <button type="button" className="button" onClick={() => session.sameForAll(id)}>
              {words.options.toAll}
            </button>
          )}
          {file.state === 'failed' && (
            <button type="button" className="button" onClick={() => session.retry([id])}>
              {words.retry}
            </button>
          )}
          <button
            type="button"
            className="button"
            onClick={() => {
              session.remove([id]);
              onOpen(next ?? previous ?? null);
            }}
          >
            <IconTrash size={18} aria-hidden />
            {words.files.remove}
          </button>
        </div>
        <div className="row sheet-turn">
          <button
            type="button"
            className="button"
            disabled={previous === undefined}
            onClick={() => previous !== undefined && onOpen(previous)}
          >
            <IconChevronLeft size={18} aria-hidden />
            {words.options.previous}
          </button>
          <span className="dim">
            {place + 1} / {ids.length}
          </span>
          <button
            type="button"
            className="button"
            disabled={next === undefined}
            onClick={() => next !== undefined && onOpen(next)}
          >
            {words.options.next}
            <IconChevronRight size={18} aria-hidden />
          </button>
        </div>
      </div>
    </dialog>
  );
};
