import { providers, type ProviderId } from '@windlass/contract';

/** Which blanks a provider's endpoint has. */
export const endpointBlanks = (
  provider: ProviderId,
): { region: boolean; account: boolean; free: boolean } => {
  const template = providers[provider].endpointTemplate;
  return {
    region: template?.includes('{region}') ?? false,
    account: template?.includes('{account}') ?? false,
    free: template === null,
  };
};

/** The endpoint of a preset with its blanks filled; empty as long as a blank is empty or the person gives the endpoint. */
export const fillEndpoint = (provider: ProviderId, blanks: { region: string; account: string }): string => {
  const template = providers[provider].endpointTemplate;
  if (template === null) return '';
  const region = blanks.region.trim();
  const account = blanks.account.trim();
  if ((template.includes('{region}') && region === '') || (template.includes('{account}') && account === ''))
    return '';
  return template.replaceAll('{region}', () => region).replaceAll('{account}', () => account);
};
