import { Checkbox, SimpleGrid } from '@mantine/core';
import { capabilities, type Capability } from '@windlass/policy/generate';
import { capabilityWords } from './state/capability-words.ts';

interface CapabilityChoiceProps {
  value: readonly Capability[];
  error?: string | undefined;
  onChange: (capabilities: Capability[]) => void;
}

/** The jobs that credentials are for. */
export const CapabilityChoice = ({ value, error, onChange }: CapabilityChoiceProps) => (
  <Checkbox.Group
    label="Jobs"
    value={[...value]}
    error={error}
    onChange={(chosen) => onChange(capabilities.filter((one) => chosen.includes(one)))}
  >
    <SimpleGrid cols={1} spacing={8} mt={8}>
      {capabilities.map((one) => (
        <Checkbox
          key={one}
          value={one}
          size="sm"
          label={capabilityWords[one].word}
          description={capabilityWords[one].about}
        />
      ))}
    </SimpleGrid>
  </Checkbox.Group>
);
