import { useOrder, useOrderState } from '../session/session-context.ts';
import { targets } from '../session/missing.ts';
import { words } from '../words.ts';
import { FormFieldView } from './form-field.tsx';

/** What the lab asks once for the whole order. */
export const OrderSection = () => {
  const session = useOrder();
  const fields = useOrderState((state) => state.page.fields).filter(({ scope }) => scope === 'order');
  const answers = useOrderState((state) => state.answers);
  const tried = useOrderState((state) => state.tried);
  if (fields.length === 0) return null;
  return (
    <section aria-labelledby="order-title">
      <h2 id="order-title">{words.more.title}</h2>
      <div className="fields">
        {fields.map((field) => (
          <FormFieldView
            key={field.id}
            field={field}
            id={targets.answer(field.id)}
            shared={{ kind: 'same', value: answers[field.id] }}
            onChange={(value) => session.setAnswer(field.id, value)}
            tried={tried}
          />
        ))}
      </div>
    </section>
  );
};
