import type { ProvisioningChoices } from '@windlass/contract';

/** What was chosen, without the key that may have come with it. */
export type Choices = Omit<ProvisioningChoices, 'assumedBy'>;
