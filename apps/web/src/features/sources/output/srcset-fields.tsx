import { Group, NumberInput, SegmentedControl, Stack, Switch, TextInput } from '@mantine/core';
import { srcsetKinds, type SrcsetChoice, type SrcsetKind } from './srcset-plan.ts';

interface SrcsetFieldsProps {
  choice: SrcsetChoice;
  problems: { to?: string; kind?: string };
  onChange: (choice: SrcsetChoice) => void;
}

const kindWords = {
  fixed: 'Fixed size',
  fluid: 'Fluid width',
} as const satisfies Record<SrcsetKind, string>;

/** How the candidates of a srcset are chosen. */
export const SrcsetFields = ({ choice, problems, onChange }: SrcsetFieldsProps) => {
  const set = (change: Partial<SrcsetChoice>) => onChange({ ...choice, ...change });
  const number = (name: 'from' | 'to' | 'count' | 'ratios', label: string, min: number, max: number) => (
    <NumberInput
      w={128}
      size="xs"
      label={label}
      min={min}
      max={max}
      clampBehavior="strict"
      allowDecimal={false}
      allowNegative={false}
      error={name === 'to' ? problems.to : undefined}
      value={choice[name]}
      onChange={(value) => typeof value === 'number' && value >= min && set({ [name]: value })}
    />
  );
  return (
    <Stack gap={12}>
      <SegmentedControl
        size="xs"
        w="fit-content"
        aria-label="Kind of srcset"
        data={srcsetKinds.map((value) => ({ value, label: kindWords[value] }))}
        value={choice.kind}
        onChange={(kind) => set({ kind })}
      />
      <Group gap={12} align="flex-start">
        {choice.kind === 'fixed' ? (
          number('ratios', 'Up to dpr', 1, 3)
        ) : (
          <>
            {number('from', 'Smallest width', 16, 8192)}
            {number('to', 'Largest width', 16, 8192)}
            {number('count', 'Candidates', 2, 16)}
            <TextInput
              flex="1 1 200px"
              size="xs"
              label="sizes"
              spellCheck={false}
              placeholder="(max-width: 600px) 100vw, 50vw"
              value={choice.sizes}
              onChange={({ currentTarget: { value } }) => set({ sizes: value })}
            />
          </>
        )}
      </Group>
      <Switch
        size="xs"
        label="<picture> with AVIF, WebP and JPEG"
        description="Not needed with format=auto, which answers each browser with the smallest that it reads."
        checked={choice.formats}
        onChange={({ currentTarget: { checked } }) => set({ formats: checked })}
      />
    </Stack>
  );
};
