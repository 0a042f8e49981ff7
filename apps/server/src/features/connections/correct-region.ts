import { providers, type ProviderId } from '@windlass/contract';

/** The part of an address that depends on the region. */
export interface Placement {
  region: string;
  endpoint: string;
}

/**
 * Where the bucket is, now that its provider has named the region; null where there is nothing to correct. The
 * endpoint moves along only when it is the provider's own for the old region.
 */
export const correctPlacement = (
  provider: ProviderId,
  placement: Placement,
  found: string | null,
): Placement | null => {
  const { endpointTemplate, regionFixed } = providers[provider];
  if (found === null || regionFixed || found === placement.region) return null;
  const inTemplate = (region: string): string | undefined => endpointTemplate?.replace('{region}', region);
  const follows =
    inTemplate(placement.region) === placement.endpoint ||
    // AWS's old global name answers with a redirect for every other region.
    (provider === 'aws' && placement.endpoint === 'https://s3.amazonaws.com');
  return {
    region: found,
    endpoint: follows ? (inTemplate(found) ?? placement.endpoint) : placement.endpoint,
  };
};
