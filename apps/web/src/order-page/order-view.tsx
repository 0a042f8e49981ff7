import { useState } from 'react';
import { DropZone } from './files/drop-zone.tsx';
import { FilesSection } from './files/files-section.tsx';
import { ConsentSection } from './form/consent-section.tsx';
import { CustomerSection } from './form/customer-section.tsx';
import { OrderSection } from './form/order-section.tsx';
import { LabHeader } from './parts/lab-header.tsx';
import { Notice } from './parts/notice.tsx';
import { isShut, PhaseNotice } from './parts/phase-notice.tsx';
import { useNow } from './parts/use-now.ts';
import { ReceiptView } from './receipt/receipt-view.tsx';
import { LiveRegion } from './send/live-region.tsx';
import { SendBar } from './send/send-bar.tsx';
import { UndoBar } from './send/undo-bar.tsx';
import { useLeaveGuard, useWakeLock } from './send/use-leave-guard.ts';
import { hasGate } from './session/begin-order.ts';
import { useOrder, useOrderState } from './session/session-context.ts';
import { Gate } from './start/gate.tsx';
import { words } from './words.ts';

/** The number of the order that is under way, and how to get rid of it. */
const OrderLine = () => {
  const session = useOrder();
  const order = useOrderState((state) => state.order);
  const [asked, setAsked] = useState(false);
  if (order === null) return null;
  return (
    <div className="order-line">
      <b>{words.order.number(order.number)}</b>
      {asked ? (
        <Notice tone="attention" role="alert">
          <p>{words.order.startOverAsk}</p>
          <div className="row">
            <button
              type="button"
              className="button"
              onClick={() => {
                setAsked(false);
                void session.startOver();
              }}
            >
              {words.order.startOverYes}
            </button>
            <button type="button" className="button" onClick={() => setAsked(false)}>
              {words.order.keep}
            </button>
          </div>
        </Notice>
      ) : (
        <button type="button" className="link" onClick={() => setAsked(true)}>
          {words.order.startOver}
        </button>
      )}
    </div>
  );
};

const Notes = () => {
  const { keeps } = useOrder();
  const note = useOrderState((state) => state.note);
  const order = useOrderState((state) => state.order);
  const offline = useOrderState((state) => state.transfer.offline);
  return (
    <>
      {offline && (
        <Notice tone="attention" role="status">
          <p>{words.offline}</p>
        </Notice>
      )}
      {!keeps && (
        <Notice>
          <p>{words.noStorage}</p>
        </Notice>
      )}
      {note === 'resumed' && order !== null && (
        <Notice role="status">
          <p>{words.order.resumed(order.number)}</p>
        </Notice>
      )}
      {note === 'thrownAway' && order === null && (
        <Notice tone="attention" role="status">
          <p>{words.order.thrownAway}</p>
        </Notice>
      )}
      {note === 'expired' && (
        <Notice tone="attention" role="status">
          <p>{words.order.expired}</p>
        </Notice>
      )}
    </>
  );
};

const Form = () => {
  useLeaveGuard();
  useWakeLock();
  return (
    <>
      <DropZone />
      <OrderLine />
      <Notes />
      <CustomerSection />
      <FilesSection />
      <OrderSection />
      <ConsentSection />
      <UndoBar />
      <SendBar />
      <LiveRegion />
    </>
  );
};

/** The page of a lab: what it says of itself, then the form, the receipt, or why there is neither. */
export const OrderView = () => {
  const page = useOrderState((state) => state.page);
  const order = useOrderState((state) => state.order);
  const receipt = useOrderState((state) => state.receipt);
  const now = useNow(30_000);
  const { logo, title, text } = page;
  const shut = isShut(page) && order === null;
  return (
    <>
      <LabHeader logo={logo} title={title} {...(receipt === null ? { text } : {})} />
      {receipt === null && <PhaseNotice page={page} now={now} />}
      {receipt !== null ? (
        <ReceiptView receipt={receipt} />
      ) : shut ? null : order === null && hasGate(page) ? (
        <Gate />
      ) : (
        <Form />
      )}
    </>
  );
};
