import { Select } from '@mantine/core';
import { policyProviders, providerProfiles, type PolicyProvider } from '@windlass/policy/generate';

interface ProviderSelectProps {
  value: PolicyProvider;
  size?: 'xs' | 'sm';
  description?: string;
  onChange: (provider: PolicyProvider) => void;
}

const choices = policyProviders.map((value) => ({ value, label: providerProfiles[value].name }));

/** Whose bucket it is: what a policy can say there differs. */
export const ProviderSelect = ({ value, size = 'sm', description, onChange }: ProviderSelectProps) => (
  <Select
    label="Provider"
    size={size}
    description={description}
    data={choices}
    value={value}
    allowDeselect={false}
    onChange={(next) => {
      const provider = policyProviders.find((one) => one === next);
      if (provider !== undefined) onChange(provider);
    }}
  />
);
