import type { FormField } from '@windlass/contract';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { memo } from 'react';
import { formatBytes, middleTruncate } from '../../lib/format.ts';
import { Stepper } from '../form/stepper.tsx';
import { answerProblem } from '../form/answer-problem.ts';
import { useOrder, useOrderState } from '../session/session-context.ts';
import { words } from '../words.ts';
import { describeOptions } from './file-options.ts';
import { FilePicture } from './file-picture.tsx';
import { baseName, type OrderFile } from './order-file.ts';

const percent = ({ bytesSent, size }: OrderFile): number =>
  size === 0 ? 0 : Math.min(100, Math.floor((bytesSent / size) * 100));

/** How a file stands, in a word. */
export const stateWord = (file: OrderFile): string =>
  file.state === 'sending' ? words.fileState.sending(percent(file)) : words.fileState[file.state];

const StateMark = ({ state }: Pick<OrderFile, 'state'>) => {
  if (state === 'received') return <IconCheck size={14} aria-hidden />;
  return state === 'failed' || state === 'needed' ? <IconAlertTriangle size={14} aria-hidden /> : null;
};

/** The focus must not be lost with the tile that had it. */
const focusNeighbour = (tile: HTMLLIElement | null): void => {
  const neighbour = tile?.nextElementSibling ?? tile?.previousElementSibling;
  neighbour?.querySelector('button')?.focus();
};

interface FileTileProps {
  id: string;
  /** Questions that are asked of every file. */
  fields: readonly FormField[];
  onOpen: (id: string) => void;
}

/** A file: its picture, how it stands, how many are wanted; a tap opens all of its options. */
export const FileTile = memo(({ id, fields, onOpen }: FileTileProps) => {
  const session = useOrder();
  const file = useOrderState((state) => state.files.get(id));
  const selecting = useOrderState((state) => state.selected !== null);
  const selected = useOrderState((state) => state.selected?.has(id) ?? false);
  if (file === undefined) return null;
  const name = baseName(file.name);
  const quantity = fields.find((field) => field.kind === 'number');
  const options = describeOptions(
    fields.filter((field) => field !== quantity),
    file.options,
  );
  const count = quantity === undefined ? undefined : file.options[quantity.id];
  const lacking = fields.find((field) => answerProblem(field, file.options[field.id]) !== null);
  const told = lacking === undefined ? options : words.options.lacks(lacking.label);
  const toggle = () => {
    const all = new Set(session.store.get().selected);
    if (!all.delete(id)) all.add(id);
    session.select(all);
  };
  return (
    <li className="tile" data-state={file.state} data-selected={selected || undefined}>
      <button
        type="button"
        className="tile-face"
        aria-pressed={selecting ? selected : undefined}
        onClick={selecting ? toggle : () => onOpen(id)}
      >
        <span className="unseen">{name}</span>
        <FilePicture id={id} name={file.name} type={file.type} />
        {file.state === 'sending' && (
          <span className="tile-progress">
            <span style={{ transform: `scaleX(${percent(file) / 100})` }} />
          </span>
        )}
        <span className="tile-state" data-state={file.state}>
          <StateMark state={file.state} />
          {stateWord(file)}
        </span>
        <span className="unseen">{told}</span>
        {selecting && (
          <span className="tile-check" data-checked={selected || undefined}>
            {selected && <IconCheck size={18} aria-hidden />}
          </span>
        )}
      </button>
      {!selecting && (
        <button
          type="button"
          className="tile-remove"
          aria-label={words.files.removeOne(name)}
          onClick={({ currentTarget }) => {
            focusNeighbour(currentTarget.closest('li'));
            session.remove([id]);
          }}
        >
          <IconX size={16} aria-hidden />
        </button>
      )}
      <span className="tile-name" title={file.name} aria-hidden="true">
        {middleTruncate(name, 28)}
      </span>
      <span className="tile-options" data-incomplete={lacking !== undefined || undefined} aria-hidden="true">
        {told === '' ? formatBytes(file.size) : told}
      </span>
      {quantity?.kind === 'number' && (
        <Stepper
          id={`quantity-${id}`}
          field={quantity}
          label={`${quantity.label}, ${name}`}
          value={typeof count === 'number' ? count : undefined}
          onChange={(value) => session.setOption([id], quantity.id, value)}
          invalid={answerProblem(quantity, count) !== null}
        />
      )}
    </li>
  );
});
