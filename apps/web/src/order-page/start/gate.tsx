import { lazy, Suspense, useState } from 'react';
import { ProblemNotice } from '../parts/notice.tsx';
import { jumpTo } from '../send/jump-to.ts';
import { targets } from '../session/missing.ts';
import { useOrder, useOrderState } from '../session/session-context.ts';
import { words } from '../words.ts';
import { TextField } from '../form/text-field.tsx';

const HcaptchaWidget = lazy(async () => ({ default: (await import('./hcaptcha.tsx')).HcaptchaWidget }));

/** What is asked before an order begins: the lab's password or PIN, and whether a person is there. */
export const Gate = () => {
  const session = useOrder();
  const { access, challenge, hcaptchaSiteKey } = useOrderState((state) => state.page);
  const start = useOrderState((state) => state.start);
  const [password, setPassword] = useState('');
  const [response, setResponse] = useState<string | null>(null);
  /** A response is taken once: after a refusal the widget is drawn anew. */
  const [attempt, setAttempt] = useState(0);
  const asksPerson = challenge === 'hcaptcha';
  const asksSecret = access !== 'open';
  const ready = (!asksSecret || password !== '') && (!asksPerson || response !== null);
  const begin = async () => {
    if (!ready || start.kind === 'working') return;
    await session.begin({
      ...(asksSecret ? { password } : {}),
      ...(response === null ? {} : { hcaptchaResponse: response }),
    });
    if (session.store.get().order !== null) {
      // The form is on the page in the next turn; whoever pressed the button goes on at its beginning.
      setTimeout(() => jumpTo(targets.customer));
      return;
    }
    setResponse(null);
    setAttempt((count) => count + 1);
  };
  return (
    <form
      className="gate"
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      {start.kind === 'failed' && <ProblemNotice problem={start.problem} />}
      {asksSecret && (
        <TextField
          id="gate-secret"
          label={access === 'pin' ? words.gate.pin : words.gate.password}
          required
          type="password"
          {...(access === 'pin' ? { inputMode: 'numeric', maxLength: 8 } : { maxLength: 200 })}
          help={words.gate.hint}
          value={password}
          onChange={setPassword}
          problem={null}
          tried={false}
        />
      )}
      {asksPerson && hcaptchaSiteKey !== null && (
        <Suspense fallback={<p className="dim">{words.loading}</p>}>
          <p>{words.gate.person}</p>
          <HcaptchaWidget key={attempt} siteKey={hcaptchaSiteKey} onResponse={setResponse} />
        </Suspense>
      )}
      <button
        type="submit"
        className="button"
        data-primary
        aria-disabled={!ready || start.kind === 'working'}
      >
        {start.kind === 'working' ? words.gate.beginning : words.gate.begin}
      </button>
    </form>
  );
};
