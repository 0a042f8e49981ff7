import type { Grant } from '../jobs/grants.ts';
import type { ProviderProfile } from '../providers/provider-profile.ts';
import type { GenerateInput } from './generate-input.ts';
import { literal } from './resource-names.ts';

/** The session tag that names a gallery member where a role stands in for users. */
export const memberTag = 'member';

/**
 * What stands for the folder of the user who asks: the one member's name, a variable, or null where the provider has
 * none. Sessions of a role have no `aws:username`; theirs is a session tag.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export const ownFolderOf = (input: GenerateInput, { variables }: ProviderProfile): string | null => {
  if (input.user !== undefined) return literal(input.user);
  if (variables === 'none') return null;
  return isForRole(input) ? `\${aws:PrincipalTag/${memberTag}}` : '${aws:username}';
};

/** The credentials will be those of a role's session. */
export const isForRole = ({ trust, webIdentity, principal = '' }: GenerateInput): boolean =>
  trust !== undefined || webIdentity !== undefined || /:role\/|:assumed-role\//.test(principal);

export const hasOwnFolders = (grants: readonly Grant[]): boolean => grants.some(({ own }) => own);
