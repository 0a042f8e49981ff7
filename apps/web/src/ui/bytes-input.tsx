import { Group, NativeSelect, NumberInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { byteUnits, bytesOf, unitFor, type ByteUnit } from '../lib/byte-units.ts';

interface BytesInputProps {
  label: string;
  description?: ReactNode;
  placeholder?: string;
  required?: boolean;
  error?: ReactNode;
  /** Bytes; null while the field is empty. */
  value: number | null;
  onChange: (bytes: number | null) => void;
}

/** A size as people say it: a number and its unit. What nobody changes keeps its exact bytes. */
export const BytesInput = ({ label, value, onChange, error, ...rest }: BytesInputProps) => {
  const [unit, setUnit] = useState<ByteUnit>(() => unitFor(value));
  return (
    <Group gap={8} align="flex-end" wrap="nowrap">
      <NumberInput
        label={label}
        min={0}
        decimalScale={3}
        thousandSeparator=","
        flex={1}
        error={error}
        value={value === null ? '' : value / byteUnits[unit]}
        onChange={(amount) => onChange(typeof amount === 'number' ? bytesOf(amount, unit) : null)}
        {...rest}
      />
      <NativeSelect
        w={80}
        aria-label={`Unit of ${label}`}
        mb={error === undefined || error === null ? 0 : 21}
        data={Object.keys(byteUnits)}
        value={unit}
        onChange={({ currentTarget }) => {
          const next = Object.keys(byteUnits).find((name): name is ByteUnit => name === currentTarget.value);
          if (next === undefined) return;
          setUnit(next);
          if (value !== null) onChange(bytesOf(value / byteUnits[unit], next));
        }}
      />
    </Group>
  );
};
