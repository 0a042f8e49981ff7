import { IconX } from '@tabler/icons-react';
import { useOrder, useOrderState } from '../session/session-context.ts';
import { words } from '../words.ts';

/** Takes back the last removal or change for some seconds. */
export const UndoBar = () => {
  const session = useOrder();
  const undo = useOrderState((state) => state.undo);
  return (
    <div className="undo" role="status">
      {undo !== null && (
        <div className="undo-inner">
          <span>{undo.text}</span>
          <button type="button" className="button" onClick={session.undo}>
            {words.undo}
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={words.dismiss}
            onClick={session.dismissUndo}
          >
            <IconX size={20} aria-hidden />
          </button>
        </div>
      )}
    </div>
  );
};
