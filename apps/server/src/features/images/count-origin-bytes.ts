import type { Origin, RecordUsage, ResolvedSource } from '../sources/index.ts';

/** The same origin; what is fetched from it counts as the source's. */
export const countOriginBytes = (
  origin: Origin,
  source: ResolvedSource,
  recordUsage: RecordUsage,
): Origin => ({
  id: origin.id,
  head: (key, options) => origin.head(key, options),
  open: async (key, options) => {
    const object = await origin.open(key, options);
    // An origin that does not say how much it sends is left out: to count it would be to read it.
    if (object !== null) recordUsage(source, { bytesFromOrigin: object.size ?? 0 });
    return object;
  },
});
