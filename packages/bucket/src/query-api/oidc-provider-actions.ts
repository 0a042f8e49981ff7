import { oidcProviderArn } from '../iam/arns.ts';
import { issuerOf } from '../iam/oidc-provider-calls.ts';
import { everyProvider, providerResource } from './entity-names.ts';
import { isoSeconds } from './presenters.ts';
import type { QueryAction } from './query-call.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html and its siblings */
export const oidcProviderActions: readonly QueryAction[] = [
  {
    name: 'CreateOpenIDConnectProvider',
    resource: ({ parameters }) => oidcProviderArn(issuerOf(parameters.required('Url'))),
    handle: async ({ parameters, services }) => {
      const provider = await services.iam.createOidcProvider({
        url: parameters.required('Url'),
        clientIds: parameters.list('ClientIDList'),
        thumbprints: parameters.list('ThumbprintList'),
      });
      return { OpenIDConnectProviderArn: provider.arn };
    },
  },
  {
    name: 'GetOpenIDConnectProvider',
    resource: providerResource,
    handle: ({ parameters, services }) => {
      const provider = services.iam.getOidcProvider(parameters.required('OpenIDConnectProviderArn'));
      return {
        Url: provider.issuer,
        ClientIDList: { member: provider.clientIds },
        ThumbprintList: { member: provider.thumbprints },
        CreateDate: isoSeconds(provider.createdAt),
      };
    },
  },
  {
    name: 'ListOpenIDConnectProviders',
    resource: everyProvider,
    handle: ({ services }) => ({
      OpenIDConnectProviderList: {
        member: services.iam.listOidcProviders().map(({ arn }) => ({ Arn: arn })),
      },
    }),
  },
  {
    name: 'DeleteOpenIDConnectProvider',
    resource: providerResource,
    handle: async ({ parameters, services }) => {
      await services.iam.deleteOidcProvider(parameters.required('OpenIDConnectProviderArn'));
      return undefined;
    },
  },
];
