import { Button, Group, Input } from '@mantine/core';
import { useId } from 'react';
import type { ControlOf, FieldProps } from './field.ts';

interface PlaceFieldProps extends FieldProps {
  control: ControlOf<'choice'>;
}

/** A place is written as two words with a comma, from left,top to right,bottom. */
const isPlace = (choice: string): boolean => choice.includes(',');

/** Do the choices of a parameter begin with the nine places of a box? */
export const offersPlaces = ({ choices }: ControlOf<'choice'>): boolean =>
  choices.slice(0, 9).filter(isPlace).length === 9;

/** A place in a box, as nine points to choose from; below them the words that find a place by themselves. */
export const PlaceField = (props: PlaceFieldProps) => {
  const { name, label, description, placeholder, text, error, onChange, control } = props;
  const group = useId();
  const radio = (choice: string) => (
    <input
      type="radio"
      name={group}
      aria-label={`${name} ${choice}`}
      title={choice}
      checked={text === choice}
      onChange={() => onChange(choice)}
    />
  );
  const strategies = control.choices.filter((choice) => !isPlace(choice));
  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      description={description}
      error={error}
      size="xs"
      role="group"
      aria-label={name}
    >
      <Group gap={16} mt={4} align="flex-start">
        <div className="wl-places">
          {control.choices.filter(isPlace).map((choice) => (
            <label key={choice}>{radio(choice)}</label>
          ))}
        </div>
        <div className="wl-place-words">
          {strategies.map((choice) => (
            <label key={choice}>
              {radio(choice)} {choice}
            </label>
          ))}
          <span aria-live="polite">{text === '' ? placeholder : isPlace(text) ? text : ''}</span>
          {text !== '' && (
            <Button
              variant="subtle"
              size="compact-xs"
              w="fit-content"
              aria-label={`Leave out ${name}`}
              onClick={() => onChange(undefined)}
            >
              Leave out
            </Button>
          )}
        </div>
      </Group>
    </Input.Wrapper>
  );
};
