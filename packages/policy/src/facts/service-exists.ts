import { serviceTable } from './facts-table.ts';
import { serviceFilterPositions } from './service-filter.ts';

const bytes = atob(serviceTable);

/**
 * Whether AWS has a service with this prefix. A service that exists is never missed; of the prefixes that do not exist
 * about one in a hundred passes for one that does.
 *
 * @example serviceExists('S3') // true
 */
export const serviceExists = (prefix: string): boolean =>
  serviceFilterPositions(prefix.toLowerCase()).every(
    (position) => (bytes.charCodeAt(position >> 3) & (1 << (position & 7))) !== 0,
  );
