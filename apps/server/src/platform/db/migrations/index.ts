import type { Migration } from '../migration.ts';
import { migration as auth } from './0001-auth.ts';
import { migration as teams } from './0002-teams.ts';
import { migration as connections } from './0003-connections.ts';
import { migration as sources } from './0004-sources.ts';
import { migration as idempotency } from './0005-idempotency.ts';
import { migration as demo } from './0006-demo.ts';
import { migration as provenConnections } from './0007-proven-connections.ts';
import { migration as webhooks } from './0008-webhooks.ts';
import { migration as identityKeys } from './0009-identity-keys.ts';
import { migration as provisioning } from './0010-provisioning.ts';
import { migration as images } from './0011-images.ts';
import { migration as transfers } from './0012-transfers.ts';
import { migration as drops } from './0013-drops.ts';
import { migration as downloads } from './0014-downloads.ts';
import { migration as demoOrders } from './0015-demo-orders.ts';
import { migration as handedOutPuts } from './0016-handed-out-puts.ts';
import { migration as keysBelow } from './0017-keys-below.ts';
import { migration as teamGrants } from './0018-team-grants.ts';

/** Every step of the schema, in the order in which it runs. A name that was released never changes. */
export const migrations = {
  '0001-auth': auth,
  '0002-teams': teams,
  '0003-connections': connections,
  '0004-sources': sources,
  '0005-idempotency': idempotency,
  '0006-demo': demo,
  '0007-proven-connections': provenConnections,
  '0008-webhooks': webhooks,
  '0009-identity-keys': identityKeys,
  '0010-provisioning': provisioning,
  '0011-images': images,
  '0012-transfers': transfers,
  '0013-drops': drops,
  '0014-downloads': downloads,
  '0015-demo-orders': demoOrders,
  '0016-handed-out-puts': handedOutPuts,
  '0017-keys-below': keysBelow,
  '0018-team-grants': teamGrants,
} as const satisfies Record<string, Migration>;
