import { useOrder, useOrderState } from '../session/session-context.ts';
import { words } from '../words.ts';

/** What can be done with several files at once. */
export const SelectionBar = () => {
  const session = useOrder();
  const selected = useOrderState((state) => state.selected);
  const files = useOrderState((state) => state.files);
  if (selected === null) {
    return (
      <button type="button" className="button" onClick={() => session.select([])}>
        {words.files.select}
      </button>
    );
  }
  const all = selected.size === files.size;
  return (
    <>
      <span role="status">{words.files.selected(selected.size)}</span>
      <button type="button" className="button" onClick={() => session.select(all ? [] : files.keys())}>
        {all ? words.files.selectNone : words.files.selectAll}
      </button>
      <button
        type="button"
        className="button"
        disabled={selected.size === 0}
        onClick={() => session.remove([...selected])}
      >
        {words.files.remove}
      </button>
      <button type="button" className="button" onClick={() => session.select(null)}>
        {words.files.selectDone}
      </button>
    </>
  );
};
