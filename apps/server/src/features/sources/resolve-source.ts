import type { Vault } from '../../platform/crypto/vault.ts';
import type { Database } from '../../platform/db/index.ts';
import type { ResolvedSource, ResolveSource } from './resolved-source.ts';
import type { Clock } from '../../kernel/clock.ts';
import { keysInForce } from './keys/keys-in-force.ts';
import { bucketOriginId } from './origins/bucket-origin.ts';
import { webOriginId } from './origins/web-origin.ts';
import { listPurgesInForce } from './purges/purge-store.ts';
import { toSourcePurges } from './purges/purge-window.ts';
import type { SourcePurges } from './source-purges.ts';
import { findSourceByName, type SourceRow } from './store.ts';

/** How long a process may go on with a source that another one has changed. */
const freshMilliseconds = 2000;
/** Names that do not exist are remembered too; whoever asks for many pushes out only the oldest. */
const maxEntries = 10_000;

export interface SourceResolver {
  resolve: ResolveSource;
  /** This process at once sees what it has just changed itself; whoever listens is told. */
  forget(name: string): void;
  /**
   * Tells whoever keeps anything that depends on sources of each change that this process makes to one: an edit, other keys,
   * a purge, its end. Changes of other processes arrive within `freshUntil`. @returns what ends it
   */
  onChange(listener: () => void): () => void;
}

export const createSourceResolver = ({
  db,
  vault,
  clock,
}: {
  db: Database;
  vault: Vault;
  clock: Clock;
}): SourceResolver => {
  const listeners = new Set<() => void>();
  const known = new Map<string, { until: number; source: Promise<ResolvedSource | null> }>();

  const load = async (name: string): Promise<ResolvedSource | null> => {
    const now = clock.now();
    const row = await findSourceByName(db, name);
    if (row === null) return null;
    const purged = await listPurgesInForce(db, { teamId: row.teamId, sourceId: row.id }, now);
    return toResolved(vault, row, toSourcePurges(purged, now.getTime()), now);
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
      for (const listener of listeners) listener();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

const toResolved = (vault: Vault, row: SourceRow, purges: SourcePurges, now: Date): ResolvedSource => ({
  sourceId: row.id,
  teamId: row.teamId,
  name: row.name,
  ...placeOf(row),
  prefix: row.prefix,
  signingKeys: keysInForce(vault, row, now),
  defaultParameters: row.defaultParameters,
  presets: row.presets,
  presetsOnly: row.presetsOnly,
  allowedSizes: row.allowedSizes,
  autoFormats: row.autoFormats,
  limits: row.limits,
  maxAgeSeconds: row.maxAgeSeconds,
  revalidateSeconds: row.revalidateSeconds,
  staleSeconds: row.staleSeconds,
  fallbackPath: row.fallbackPath,
  onError: row.onError,
  cacheConnectionId: row.cacheConnectionId,
  purges,
  version: `${row.id}.${row.revision}.${row.connectionId ?? 'web'}.${row.connection?.revision ?? 0}`,
  freshUntil: now.getTime() + freshMilliseconds,
});

const placeOf = ({
  teamId,
  connection,
  webBaseUrl,
}: SourceRow): Pick<ResolvedSource, 'origin' | 'originId'> => {
  if (connection !== null) {
    return {
      origin: { kind: 'connection', connectionId: connection.id },
      originId: bucketOriginId(teamId, connection),
    };
  }
  if (webBaseUrl === null) throw new Error('A source has no place. The database checks that it has one.');
  return { origin: { kind: 'web', baseUrl: webBaseUrl }, originId: webOriginId(teamId, webBaseUrl) };
};
