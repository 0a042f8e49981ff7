import { Text } from '@mantine/core';
import { IconPhoto, IconUpload } from '@tabler/icons-react';
import type { FormField } from '@windlass/contract';
import { accentOn } from '../../../order-page/look/accent.ts';
import { words } from '../../../order-page/words.ts';
import type { DropValues } from './drop-values.ts';

/** A field of the page as it will look; it takes nothing. */
const Field = ({ label, required, hint = '', tall = false, help = '' }: FieldLook) => (
  <div className="wl-phone-field">
    <span>
      {label}
      {required && ' *'}
    </span>
    {help !== '' && <small>{help}</small>}
    <span className="wl-phone-input" data-tall={tall || undefined}>
      {hint}
    </span>
  </div>
);

interface FieldLook {
  label: string;
  required: boolean;
  hint?: string;
  tall?: boolean;
  help?: string;
}

const lookOf = (field: FormField): FieldLook => {
  const shared = {
    label: field.label.trim() === '' ? 'Untitled question' : field.label,
    required: field.required,
    help: field.help,
  };
  switch (field.kind) {
    case 'choice':
      return { ...shared, hint: `${field.options[0]?.label ?? 'No option yet'} ▾` };
    case 'number':
      return { ...shared, hint: `${field.initial ?? ''} ${field.unit}`.trim() };
    case 'text':
      return { ...shared, tall: field.multiline };
    case 'date':
      return { ...shared, hint: 'dd.mm.yyyy' };
    case 'email':
      return { ...shared, hint: 'name@example.com' };
  }
};

const limitsOf = ({ maxFiles, maxFileBytes, anyType, types }: DropValues): string =>
  words.files.limits(typeof maxFiles === 'number' ? maxFiles : 0, maxFileBytes ?? 0, anyType ? null : types);

/** The order page on a phone while it is made: what a customer sees, in its order and with its words. */
export const DropPreview = ({ values }: { values: DropValues }) => {
  const color = /^#[0-9a-f]{6}$/.test(values.color) ? values.color : '#0b7285';
  // The page itself makes the colour readable on its ground, and so does this.
  const { accent, onAccent } = accentOn(color, '#ffffff');
  const pictures = !values.anyType && values.types.every((type) => type.startsWith('image/'));
  const order = values.fields.filter(({ scope }) => scope === 'order');
  const file = values.fields.filter(({ scope }) => scope === 'file');
  return (
    <figure className="wl-phone" aria-label="Preview of the order page">
      <div className="wl-phone-screen" inert>
        <div className="wl-phone-head" style={{ borderColor: accent }}>
          {values.logo !== null && <img src={values.logo} alt="" />}
          <strong>{values.title.trim() === '' ? 'Title of the page' : values.title}</strong>
        </div>
        {values.text.trim() !== '' && <p className="wl-phone-text">{values.text}</p>}
        {values.access !== 'open' && (
          <Field label={values.access === 'pin' ? 'PIN' : 'Password'} required hint="••••" />
        )}
        <b>{words.you.title}</b>
        <Field label={words.you.name} required />
        {values.customerEmail !== 'off' && (
          <Field
            label={words.you.email}
            required={values.customerEmail === 'required'}
            hint="name@example.com"
          />
        )}
        {values.customerPhone !== 'off' && (
          <Field label={words.you.phone} required={values.customerPhone === 'required'} />
        )}
        <b>{words.files.title}</b>
        <span className="wl-phone-add" style={{ borderColor: accent, color: accent }}>
          <IconUpload size={20} aria-hidden="true" />
          <b>{pictures ? words.files.choose : words.files.chooseAny}</b>
          <small>{limitsOf(values)}</small>
        </span>
        <div className="wl-phone-file">
          <span className="wl-phone-picture">
            <IconPhoto size={24} aria-hidden="true" />
          </span>
          <div>
            <span>IMG_2041.jpg</span>
            {file.map((field) => (
              <Field key={field.key} {...lookOf(field)} />
            ))}
          </div>
        </div>
        {order.length > 0 && <b>{words.more.title}</b>}
        {order.map((field) => (
          <Field key={field.key} {...lookOf(field)} />
        ))}
        {values.consentText.trim() !== '' && (
          <p className="wl-phone-consent">
            <span className="wl-phone-box" />
            {values.consentText}
          </p>
        )}
        <span className="wl-phone-send" style={{ background: accent, color: onAccent }}>
          {words.send.button}
        </span>
      </div>
      <Text component="figcaption" size="xs" c="dimmed" ta="center" mt={8}>
        As it looks on a phone
      </Text>
    </figure>
  );
};
