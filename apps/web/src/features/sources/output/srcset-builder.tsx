import { Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { CandidateTable } from './candidate-table.tsx';
import type { OutputInput } from './output-input.ts';
import { pictureHtml } from './picture-html.ts';
import { SrcsetFields } from './srcset-fields.tsx';
import { firstSrcsetChoice, srcsetProblems, srcsetWarning } from './srcset-plan.ts';
import { useCandidates } from './use-candidates.ts';

/** An `<img>` or `<picture>` that lets each browser take the size and format it needs. */
export const SrcsetBuilder = ({ source, path, parameters, size, original }: OutputInput) => {
  const widest = original?.width ?? null;
  const [choice, setChoice] = useState(() => firstSrcsetChoice(parameters, widest));
  const [alt, setAlt] = useState('');
  const [settled] = useDebouncedValue(choice, 250);
  const problems = srcsetProblems(settled, parameters);
  const warning = srcsetWarning(settled, parameters, widest);
  const usable = Object.keys(problems).length === 0;
  const sets = useCandidates(source, path, parameters, settled, usable && !source.presetsOnly);
  if (source.presetsOnly) {
    return (
      <Text size="sm" c="dimmed" maw={560}>
        This source serves presets only, so that sizes are its presets’ business. Make a preset for each size,
        and name them in a srcset of your own.
      </Text>
    );
  }
  const image = sets.at(-1)?.candidates ?? [];
  const html = pictureHtml({
    candidates: image,
    sources: sets
      .slice(0, -1)
      .map(({ format, candidates }) => ({ type: `image/${format ?? 'jpeg'}`, candidates })),
    sizes: settled.sizes,
    size,
    alt,
  });
  return (
    <Stack gap={16}>
      <SrcsetFields choice={choice} problems={problems} onChange={setChoice} />
      <TextInput
        size="xs"
        label="alt"
        description="What the picture shows, for whoever does not see it."
        value={alt}
        onChange={({ currentTarget: { value } }) => setAlt(value)}
      />
      {'kind' in problems && (
        <Text size="sm" role="status">
          {problems.kind}
        </Text>
      )}
      {warning !== null && (
        <Text size="sm" role="status">
          {warning}
        </Text>
      )}
      {html !== '' && (
        <>
          <CodeBlock what="HTML" code={html} foldAfter={40} />
          <CandidateTable sets={sets} />
        </>
      )}
    </Stack>
  );
};
