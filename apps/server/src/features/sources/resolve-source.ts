import type { Vault } from '../../platform/crypto/vault.ts';
import type { Database } from '../../platform/db/index.ts';
import type { ResolvedSource, ResolveSource } from './resolved-source.ts';
import { openSigningKeys } from './signing-keys.ts';
import { findSourceByName, type SourceRow } from './store.ts';

/** How long a process may go on with a source that another one has changed. */
const freshMilliseconds = 2000;
/** Names that do not exist are remembered too; whoever asks for many pushes out only the oldest. */
const maxEntries = 10_000;

export interface SourceResolver {
  resolve: ResolveSource;
  /** This process at once sees what it has just changed itself. */
  forget(name: string): void;
}

export const createSourceResolver = ({ db, vault }: { db: Database; vault: Vault }): SourceResolver => {
  const known = new Map<string, { until: number; source: Promise<ResolvedSource | null> }>();

  const load = async (name: string): Promise<ResolvedSource | null> => {
    const row = await findSourceByName(db, name);
    return row === null ? null : toResolved(vault, row);
  };

  return {
    resolve: (name) => {
      const entry = known.get(name);
      if (entry !== undefined && entry.until > performance.now()) return entry.source;
      // What no slug is, no source is called: it never reaches the database.
      if (!/^[a-z0-9-]{1,63}$/.test(name)) return Promise.resolve(null);
      const source = load(name);
      known.delete(name);
      known.set(name, { until: performance.now() + freshMilliseconds, source });
      const [oldest] = known.keys();
      if (known.size > maxEntries && oldest !== undefined) known.delete(oldest);
      // A failure is not remembered. Whoever asked gets it; this branch only forgets.
      source.catch(() => known.delete(name));
      return source;
    },
    forget: (name) => {
      known.delete(name);
    },
  };
};

const toResolved = (vault: Vault, row: SourceRow): ResolvedSource => ({
  sourceId: row.id,
  teamId: row.teamId,
  connectionId: row.connectionId,
  name: row.name,
  prefix: row.prefix,
  signingKeys:
    row.secured && row.signingKeysSealed !== null ? openSigningKeys(vault, row, row.signingKeysSealed) : null,
  defaultParameters: row.defaultParameters,
  limits: row.limits,
  maxAgeSeconds: row.maxAgeSeconds,
  version: `${row.id}.${row.revision}.${row.connectionId}.${row.connectionRevision}`,
});
