import type { Behaviour } from './behaviour.ts';
import { browserBehaviours } from './behaviours/browser.ts';
import { checksumBehaviours } from './behaviours/checksums.ts';
import { conditionBehaviours } from './behaviours/conditions.ts';
import { configurationBehaviours } from './behaviours/configuration.ts';
import { keyBehaviours } from './behaviours/keys.ts';
import { listingBehaviours } from './behaviours/listing.ts';
import { multipartBehaviours } from './behaviours/multipart.ts';
import { objectBehaviours } from './behaviours/objects.ts';
import { policyBehaviours } from './behaviours/policies.ts';
import { signingBehaviours } from './behaviours/signing.ts';

/** The one table: what S3 does, by topic. Each row runs against every target. */
export const table: Record<string, Behaviour[]> = {
  Objects: objectBehaviours,
  Keys: keyBehaviours,
  Conditions: conditionBehaviours,
  Listing: listingBehaviours,
  Checksums: checksumBehaviours,
  Multipart: multipartBehaviours,
  Signing: signingBehaviours,
  Browser: browserBehaviours,
  Configuration: configurationBehaviours,
  Policies: policyBehaviours,
};
