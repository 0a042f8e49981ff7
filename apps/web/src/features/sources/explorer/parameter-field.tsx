import type { Source } from '@windlass/contract';
import { InlineCode } from '../../../ui/inline-code.tsx';
import type { CatalogEntry } from './catalog.ts';
import { ChoiceField } from './fields/choice-field.tsx';
import { ColorField } from './fields/color-field.tsx';
import type { FieldProps } from './fields/field.ts';
import { NumberField } from './fields/number-field.tsx';
import { PictureField } from './fields/picture-field.tsx';
import { offersPlaces, PlaceField } from './fields/place-field.tsx';
import { SwitchField } from './fields/switch-field.tsx';
import { OptionalTextField, TextField } from './fields/text-field.tsx';
import { TimeField } from './fields/time-field.tsx';

interface ParameterFieldProps {
  entry: CatalogEntry;
  source: Source;
  /** Undefined where nothing is set. */
  text: string | undefined;
  /** What the source's default parameters say. */
  inherited: string | undefined;
  error: string | undefined;
  onChange: (text: string | undefined) => void;
}

/** The control of one parameter, as the table describes it. */
export const ParameterField = ({ entry, source, text, inherited, error, onChange }: ParameterFieldProps) => {
  const { name, parameter } = entry;
  const { control, keepsEmpty, does, unset } = parameter;
  const shared: FieldProps = {
    name,
    label: name,
    description: <InlineCode text={does} />,
    placeholder:
      inherited === undefined ? unset.replaceAll('`', '') : `${inherited} (default of this source)`,
    text: text ?? '',
    error,
    onChange,
  };
  if (name === 'expires') return <TimeField {...shared} />;
  switch (control.kind) {
    case 'number':
      return <NumberField {...shared} control={control} />;
    case 'choice':
      return offersPlaces(control) ? (
        <PlaceField {...shared} control={control} />
      ) : (
        <ChoiceField {...shared} control={control} />
      );
    case 'switch':
      return <SwitchField {...shared} />;
    case 'color':
      return <ColorField {...shared} />;
    case 'picture':
      return <PictureField {...shared} source={source} />;
    case 'text':
      return keepsEmpty === true ? (
        <OptionalTextField {...shared} control={control} given={text !== undefined} />
      ) : (
        <TextField {...shared} control={control} />
      );
  }
};
