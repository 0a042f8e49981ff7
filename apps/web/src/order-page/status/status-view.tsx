import type { OrderStatus } from '@windlass/contract';
import { IconCheck } from '@tabler/icons-react';
import { formatExact } from '../../lib/format.ts';
import { LabHeader } from '../parts/lab-header.tsx';
import { Notice } from '../parts/notice.tsx';
import { FileFacts } from '../receipt/file-facts.tsx';
import { words } from '../words.ts';

type Step = OrderStatus['steps'][number];

const StepLine = ({ step, now }: { step: Step; now: boolean }) => (
  <li
    data-done={step.at !== null || undefined}
    data-now={now || undefined}
    aria-current={now ? 'step' : undefined}
  >
    <span className="step-mark">{step.at !== null && <IconCheck size={14} aria-hidden />}</span>
    <span className="step-label">{step.label}</span>
    <span className="dim">{step.at === null ? words.status.notYet : formatExact(step.at)}</span>
  </li>
);

const Kept = ({ status }: { status: OrderStatus }) => {
  if (status.filesDeletedAt !== null) return <p>{words.status.deleted(status.filesDeletedAt)}</p>;
  return status.filesUntil === null ? null : <p>{words.receipt.until(status.filesUntil)}</p>;
};

/** How an order stands: its state, the steps with their dates, its files. */
export const StatusView = ({ status }: { status: OrderStatus }) => {
  const { number, title, logo, state, stateLabel, steps, late, submittedAt, files, fields, bytes } = status;
  return (
    <>
      <LabHeader logo={logo} title={title} />
      <section aria-labelledby="status-title">
        <h2 id="status-title" className="order-number">
          {words.status.title(number)}
        </h2>
        <p className="status-now">
          <span className="dot" data-state={state} aria-hidden="true" />
          {stateLabel}
          {late && <span className="tag">{words.status.late}</span>}
        </p>
        {submittedAt === null ? (
          <Notice tone="attention">
            <p>{words.status.draft}</p>
          </Notice>
        ) : (
          <p className="dim">
            {words.status.sent(submittedAt)} · {words.receipt.files(files.length, bytes)}
          </p>
        )}
        {steps.length > 0 && (
          <ol className="steps" aria-label={words.status.steps}>
            {steps.map((step) => (
              <StepLine key={step.state} step={step} now={step.state === state} />
            ))}
          </ol>
        )}
        <Kept status={status} />
        {files.length > 0 && (
          <details className="hashes">
            <summary>{words.receipt.hashes}</summary>
            <FileFacts files={files} fields={fields} />
          </details>
        )}
      </section>
    </>
  );
};
