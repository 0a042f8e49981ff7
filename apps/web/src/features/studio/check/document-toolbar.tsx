import { Button, Group, Select } from '@mantine/core';
import { policyKinds, type PolicyKind } from '@windlass/policy';
import type { PolicyProvider } from '@windlass/policy/generate';
import { kindWords } from '../state/kind-words.ts';
import { ProviderSelect } from '../provider-select.tsx';
import { formatJson } from '../format-json.ts';

interface DocumentToolbarProps {
  kind: PolicyKind;
  text: string;
  provider: PolicyProvider;
  onKind: (kind: PolicyKind) => void;
  onProvider: (provider: PolicyProvider) => void;
  onFormat: (text: string) => void;
  /** Kinds that another document has already, and of which there can be only one. */
  taken: ReadonlySet<PolicyKind>;
  /** Null where it is the last one. */
  onRemove: (() => void) | null;
}

/** What can be done to a document as a whole. */
export const DocumentToolbar = ({
  kind,
  text,
  provider,
  taken,
  onKind,
  onProvider,
  onFormat,
  onRemove,
}: DocumentToolbarProps) => {
  // Null where the text is no JSON, so that it cannot be set out anew.
  const formatted = formatJson(text);
  return (
    <Group gap={8} justify="space-between" align="flex-end">
      <Group gap={12} align="flex-end" wrap="nowrap" className="wl-document-facts">
        <Select
          label="Kind"
          size="xs"
          data={policyKinds.map((value) => ({
            value,
            label: kindWords[value].word,
            disabled: value !== kind && taken.has(value),
          }))}
          value={kind}
          allowDeselect={false}
          onChange={(value) => {
            const chosen = policyKinds.find((one) => one === value);
            if (chosen !== undefined) onKind(chosen);
          }}
        />
        <ProviderSelect size="xs" value={provider} onChange={onProvider} />
      </Group>
      <Group gap={8}>
        <Button
          variant="default"
          size="xs"
          disabled={formatted === null || formatted === text}
          onClick={() => formatted !== null && onFormat(formatted)}
        >
          Format
        </Button>
        {onRemove !== null && (
          <Button variant="default" size="xs" onClick={onRemove}>
            Remove
          </Button>
        )}
      </Group>
    </Group>
  );
};
