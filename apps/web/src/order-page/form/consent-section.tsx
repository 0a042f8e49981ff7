import { useOrder, useOrderState } from '../session/session-context.ts';
import { targets } from '../session/missing.ts';
import { words } from '../words.ts';

/** What the lab wants agreed to, and how long it keeps the files. */
export const ConsentSection = () => {
  const session = useOrder();
  const { consentText, retentionDays } = useOrderState((state) => state.page);
  const consent = useOrderState((state) => state.consent);
  const tried = useOrderState((state) => state.tried);
  if (consentText === '' && retentionDays === null) return null;
  const missing = tried && !consent;
  return (
    <section aria-labelledby={consentText === '' ? undefined : 'consent-title'}>
      {consentText !== '' && (
        <>
          <h2 id="consent-title">{words.consent.title}</h2>
          <label className="check consent">
            <input
              type="checkbox"
              id={targets.consent}
              checked={consent}
              aria-required
              aria-invalid={missing}
              aria-describedby={missing ? `${targets.consent}-problem` : undefined}
              onChange={(event) => session.setConsent(event.currentTarget.checked)}
            />
            <span>{consentText}</span>
          </label>
          {missing && (
            <span className="field-problem" id={`${targets.consent}-problem`}>
              {words.field.needed}
            </span>
          )}
        </>
      )}
      {retentionDays !== null && <p className="dim">{words.consent.retention(retentionDays)}</p>}
    </section>
  );
};
