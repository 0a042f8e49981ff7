import { policyProviders, type PolicyProvider } from '@windlass/policy/generate';
import { UsageError } from '../usage-error.ts';

/** Throws a UsageError that lists the providers. */
export const providerOf = (name: string): PolicyProvider => {
  const provider = policyProviders.find((one) => one === name.toLowerCase());
  if (provider === undefined)
    throw new UsageError(`There is no provider "${name}". Providers: ${policyProviders.join(', ')}.`);
  return provider;
};
