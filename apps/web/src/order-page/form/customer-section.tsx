import { useOrder, useOrderState } from '../session/session-context.ts';
import { targets } from '../session/missing.ts';
import { words } from '../words.ts';
import { isEmail } from './answer-problem.ts';
import { TextField } from './text-field.tsx';

const needed = (required: boolean, value: string): string | null =>
  required && value.trim() === '' ? words.field.needed : null;

/** Whose order it is; what is asked is for the lab to say. */
export const CustomerSection = () => {
  const session = useOrder();
  const { name, email, phone } = useOrderState((state) => state.customer);
  const { customerEmail, customerPhone, sendsMail } = useOrderState((state) => state.page);
  const tried = useOrderState((state) => state.tried);
  const emailRequired = customerEmail === 'required';
  const phoneRequired = customerPhone === 'required';
  return (
    <section aria-labelledby={targets.customer}>
      <h2 id={targets.customer} tabIndex={-1}>
        {words.you.title}
      </h2>
      <div className="fields">
        <TextField
          id={targets.name}
          label={words.you.name}
          required
          autoComplete="name"
          maxLength={200}
          value={name}
          onChange={(value) => session.setCustomer({ name: value })}
          problem={needed(true, name)}
          tried={tried}
        />
        {customerEmail !== 'off' && (
          <TextField
            id={targets.email}
            label={words.you.email}
            required={emailRequired}
            type="email"
            autoComplete="email"
            inputMode="email"
            maxLength={254}
            help={sendsMail ? words.you.emailHelp : words.you.emailHelpNoMail}
            value={email}
            onChange={(value) => session.setCustomer({ email: value })}
            problem={
              email.trim() !== '' && !isEmail(email) ? words.field.anEmail : needed(emailRequired, email)
            }
            tried={tried}
          />
        )}
        {customerPhone !== 'off' && (
          <TextField
            id={targets.phone}
            label={words.you.phone}
            required={phoneRequired}
            type="tel"
            autoComplete="tel"
            inputMode="tel"
            maxLength={40}
            value={phone}
            onChange={(value) => session.setCustomer({ phone: value })}
            problem={needed(phoneRequired, phone)}
            tried={tried}
          />
        )}
      </div>
    </section>
  );
};
