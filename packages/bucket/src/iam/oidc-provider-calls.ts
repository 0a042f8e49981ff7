import { oidcProviderArn } from './arns.ts';
import type { BucketIam, IamOidcProvider } from './bucket-iam.ts';
import { IamError } from './iam-error.ts';
import type { Identities } from './identities.ts';
import type { StoredOidcProvider } from './identity-records.ts';

/** IAM: IAM and AWS STS quotas. */
const maximumProviders = 100;
const maximumClientIds = 100;
const maximumLength = 255;

type OidcProviderCalls = Pick<
  BucketIam,
  'listOidcProviders' | 'getOidcProvider' | 'createOidcProvider' | 'deleteOidcProvider'
>;

export function createOidcProviderCalls(identities: Identities, clock: { now(): Date }): OidcProviderCalls {
  return {
    listOidcProviders: () =>
      identities
        .records()
        .providers.map(shown)
        .toSorted((left, right) => (left.issuer < right.issuer ? -1 : 1)),
    getOidcProvider: (arn) => shown(find(identities.records().providers, arn)),

    createOidcProvider: async ({ url, clientIds, thumbprints = [] }) => {
      const known = checkedUrl(url);
      if (
        clientIds.length > maximumClientIds ||
        clientIds.some((id) => id === '' || id.length > maximumLength)
      ) {
        throw new IamError(
          'InvalidInput',
          `At most ${maximumClientIds} client ids of 1 to ${maximumLength} characters.`,
        );
      }
      if (thumbprints.length > 5 || thumbprints.some((each) => !/^[0-9A-Fa-f]{40}$/.test(each))) {
        throw new IamError('InvalidInput', 'At most 5 thumbprints of 40 hexadecimal digits.');
      }
      return identities.change((records) => {
        if (records.providers.some((provider) => issuerOf(provider.url) === issuerOf(known))) {
          throw new IamError('EntityAlreadyExists', `Provider with url ${known} already exists.`);
        }
        if (records.providers.length >= maximumProviders) {
          throw new IamError(
            'LimitExceeded',
            `Cannot exceed quota for OpenIdConnectProvidersPerAccount: ${maximumProviders}`,
          );
        }
        const provider: StoredOidcProvider = {
          url: known,
          clientIds,
          thumbprints,
          createdAt: clock.now().toISOString(),
        };
        return {
          records: { ...records, providers: [...records.providers, provider] },
          result: shown(provider),
        };
      });
    },

    deleteOidcProvider: (arn) =>
      identities.change((records) => {
        const provider = find(records.providers, arn);
        const providers = records.providers.filter((each) => each !== provider);
        return { records: { ...records, providers }, result: undefined };
      }),
  };
}

/** Throws NoSuchEntity. */
function find(providers: readonly StoredOidcProvider[], arn: string): StoredOidcProvider {
  const provider = providers.find(({ url }) => oidcProviderArn(issuerOf(url)) === arn);
  if (provider === undefined) {
    throw new IamError('NoSuchEntity', `OpenIDConnect Provider not found for arn ${arn}`);
  }
  return provider;
}

/** What IAM calls an issuer: its URL without the scheme. */
export const issuerOf = (url: string): string => url.replace(/^https?:\/\//, '');

const shown = (provider: StoredOidcProvider): IamOidcProvider => {
  const issuer = issuerOf(provider.url);
  return { ...provider, issuer, arn: oidcProviderArn(issuer), createdAt: new Date(provider.createdAt) };
};

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** `https://`, or plain on loopback, where nobody can listen in. Its text must be the `iss` of tokens, sign for sign. */
function checkedUrl(url: string): string {
  const invalid = new IamError('InvalidInput', 'The URL must be https, and without a query or a fragment.');
  if (url.length > maximumLength || !URL.canParse(url)) throw invalid;
  const { protocol, hostname, search, hash, username, password } = new URL(url);
  const secure = protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname));
  if (!secure || search !== '' || hash !== '' || username !== '' || password !== '') throw invalid;
  if (!/^https?:\/\/[!-~]+$/.test(url)) throw invalid;
  return url.replace(/\/$/, '');
}
