import { FormFieldView } from '../form/form-field.tsx';
import { targets } from '../session/missing.ts';
import { useOrder, useOrderState } from '../session/session-context.ts';
import { words } from '../words.ts';
import { sharedValue } from './file-options.ts';

/** Options of all files, or of those that are selected: set once, for all of them. */
export const BulkOptions = () => {
  const session = useOrder();
  const files = useOrderState((state) => state.files);
  const selected = useOrderState((state) => state.selected);
  const forNew = useOrderState((state) => state.forNew);
  const tried = useOrderState((state) => state.tried);
  const fields = useOrderState((state) => state.page.fields).filter(({ scope }) => scope === 'file');
  if (fields.length === 0 || files.size === 0 || selected?.size === 0) return null;
  const ids = selected === null ? [...files.keys()] : [...selected];
  return (
    <fieldset className="bulk">
      <legend>
        {selected === null ? words.options.all(files.size) : words.options.selected(selected.size)}
      </legend>
      <div className="fields">
        {fields.map((field) => (
          <FormFieldView
            // Another selection is another field: what was half typed for one is not meant for the other.
            key={`${field.id} ${selected === null ? '' : 'selected'}`}
            field={field}
            id={targets.option(field.id)}
            shared={sharedValue(files, ids, field.id, forNew)}
            onChange={(value) => session.setOption(selected === null ? null : ids, field.id, value)}
            tried={tried}
          />
        ))}
      </div>
    </fieldset>
  );
};
