import type {
  ConnectionId,
  createZip,
  listConnectionObjects,
  OperationInput,
  OperationResult,
  signDownloads,
  TeamId,
} from '@windlass/contract';
import type { Readable } from 'node:stream';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import { hashToken, newToken } from '../../platform/crypto/token.ts';
import type { Database } from '../../platform/db/index.ts';
import { bucketFailureOf, decodeListCursor, encodeListCursor } from '../../platform/s3/index.ts';
import type { ConnectionsService } from '../connections/index.ts';
import type { TeamAccess } from '../teams/index.ts';
import { nameEntries } from './name-entries.ts';
import { downloadPolicy } from './policy.ts';
import { explainRefusal, requireReadable } from './require-readable.ts';
import { shownAs } from './shown-as.ts';
import { streamZip } from './stream-zip.ts';
import type { ZipEntry } from './zip-entry.ts';
import { findZipLink, insertZipLink } from './zip-link-store.ts';
import { createZipPlaces } from './zip-places.ts';

const linkMilliseconds = 60 * 60_000;
/** Of one process; an address has a household or an office behind it. */
const zipShares = { places: 32, perAddress: 6 };

type At = OperationInput<typeof listConnectionObjects>['params'];
type ZipLinkAnswer = OperationResult<typeof createZip>;

/** A zip that somebody is to be able to fetch by its address alone. */
export interface NewZipLink {
  teamId: TeamId;
  connectionId: ConnectionId;
  entries: readonly ZipEntry[];
  /** Of the zip, with its ending. */
  name: string;
}

/** Objects of a connection for people: listed, fetched one by one straight from the bucket, or many as a zip. */
export interface DownloadsService {
  listObjects(
    actor: Actor,
    at: At,
    query: OperationInput<typeof listConnectionObjects>['query'],
    signal: AbortSignal,
  ): Promise<OperationResult<typeof listConnectionObjects>>;
  /** @throws AppError originFailed where the connection may not read */
  sign(
    actor: Actor,
    at: At,
    wanted: OperationInput<typeof signDownloads>['body'],
    signal: AbortSignal,
  ): Promise<OperationResult<typeof signDownloads>>;
  /** @throws AppError originFailed where the connection may not read, notFound where the first object is not there */
  createZip(
    actor: Actor,
    at: At,
    wanted: OperationInput<typeof createZip>['body'],
    signal: AbortSignal,
  ): Promise<ZipLinkAnswer>;

  /**
   * For other features, which have judged who asks. Whoever has the URL may fetch the zip, as often as they like, for an hour.
   *
   * @example await downloads.createZipLink(trx, { teamId, connectionId, entries: [{ key: 'orders/1/a.jpg', name: 'a.jpg' }], name: '26-00042.zip' })
   */
  createZipLink(on: Database, link: NewZipLink): Promise<ZipLinkAnswer>;
  /** @throws AppError originFailed that says so where the connection may not read; notFound where there is no such object */
  requireReadable(
    teamId: TeamId,
    connectionId: ConnectionId,
    key: string,
    signal: AbortSignal,
  ): Promise<void>;
  /**
   * What a link leads to. The stream belongs to the caller, who reads it or destroys it.
   *
   * @param address of the reader, as rate limits count them
   * @throws AppError linkInvalid, tooManyRequests, and what the first object fails with
   */
  openZip(token: string, address: string): Promise<{ name: string; zip: Readable }>;
}

export const createDownloadsService = (deps: {
  db: Database;
  access: TeamAccess;
  openBucket: ConnectionsService['openBucket'];
  clock: Clock;
  log: Log;
  publicUrl: () => string;
}): DownloadsService => {
  const { db, access, openBucket, clock, log, publicUrl } = deps;
  const places = createZipPlaces(zipShares);

  const createZipLink: DownloadsService['createZipLink'] = async (on, { entries, ...link }) => {
    const token = newToken().reveal();
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + linkMilliseconds);
    await insertZipLink(on, {
      ...link,
      entries: nameEntries(entries),
      tokenHash: hashToken(token),
      createdAt: now,
      expiresAt,
    });
    return {
      url: `${publicUrl()}/zips/${token}`,
      expiresAt: expiresAt.toISOString(),
      files: entries.length,
    };
  };

  return {
    createZipLink,
    requireReadable: async (teamId, connectionId, key, signal) =>
      requireReadable(await openBucket(teamId, connectionId), key, signal),

    listObjects: async (actor, { teamId, connectionId }, { prefix, limit, cursor }, signal) => {
      await access.require(actor, teamId, downloadPolicy.list);
      const bucket = await openBucket(teamId, connectionId);
      const page = await bucket.listObjects({
        signal,
        limit,
        prefix,
        ...(cursor === undefined ? {} : { cursor: decodeListCursor(cursor) }),
      });
      return {
        items: page.objects.map(({ key, size, lastModified }) => ({
          key,
          size,
          lastModified: lastModified.toISOString(),
        })),
        nextCursor: page.next === null ? null : encodeListCursor(page.next),
      };
    },

    sign: async (actor, { teamId, connectionId }, { keys, disposition, expiresInSeconds }, signal) => {
      await access.require(actor, teamId, downloadPolicy.sign);
      const bucket = await openBucket(teamId, connectionId);
      const [first] = keys;
      if (first !== undefined) await requireReadable(bucket, first, signal);
      const items = await Promise.all(
        keys.map(async (key) => {
          const contentType = disposition === 'inline' ? shownAs(key) : null;
          const { url, expiresAt } = await bucket.uploads.signGet(key, {
            disposition: { kind: contentType === null ? 'attachment' : 'inline', name: lastSegment(key) },
            ...(contentType === null ? {} : { contentType }),
            expiresInSeconds,
            signal,
          });
          return { key, url, expiresAt };
        }),
      );
      return { items };
    },

    createZip: async (actor, { teamId, connectionId }, { keys, stripPrefix, name }, signal) => {
      await access.require(actor, teamId, downloadPolicy.zip);
      const first = keys.find((key) => !key.endsWith('/'));
      const bucket = await openBucket(teamId, connectionId);
      if (first !== undefined) await requireReadable(bucket, first, signal);
      const entries = keys.map((key) => ({ key, name: strip(key, stripPrefix) }));
      return createZipLink(db, { teamId, connectionId, entries, name });
    },

    openZip: async (token, address) => {
      const link = await findZipLink(db, hashToken(token), clock.now());
      if (link === null) throw new AppError('linkInvalid', 'This link is over, or nobody made it.');
      const leave = places.take({ teamId: link.teamId, address });
      try {
        const bucket = await openBucket(link.teamId, link.connectionId);
        const { zip, done } = await streamZip(bucket, link.entries).catch((error: unknown) => {
          throw explainRefusal(error);
        });
        const facts = { teamId: link.teamId, connectionId: link.connectionId, files: link.entries.length };
        void done
          .then(
            (how) => log.info({ ...facts, how }, 'a zip is over'),
            (error: unknown) =>
              log.warn({ ...facts, err: bucketFailureOf(error) ?? error }, 'a zip was not sent to its end'),
          )
          .finally(leave);
        return { name: link.name, zip };
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
};

const lastSegment = (key: string): string => /([^/]+)\/?$/.exec(key)?.[1] ?? key;

/** A key that is the prefix itself keeps its own name. */
const strip = (key: string, prefix: string): string =>
  key.startsWith(prefix) && key.length > prefix.length ? key.slice(prefix.length) : key;
