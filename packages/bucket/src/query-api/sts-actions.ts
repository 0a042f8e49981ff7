import { accountId } from '../iam/arns.ts';
import { IamError } from '../iam/iam-error.ts';
import type { AssumedRole, SessionInput } from '../sts/open-session.ts';
import type { XmlElements } from '../xml/write-xml.ts';
import { isoSeconds } from './presenters.ts';
import type { QueryAction, QueryCall } from './query-call.ts';

const sessionInput = ({ parameters }: QueryCall): SessionInput => ({
  roleArn: parameters.required('RoleArn'),
  sessionName: parameters.required('RoleSessionName'),
  policy: parameters.optional('Policy'),
  durationSeconds: parameters.integer('DurationSeconds'),
});

const roleElements = ({
  credentials,
  arn,
  assumedRoleId,
  packedPolicyPercent,
}: AssumedRole): XmlElements => ({
  Credentials: {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: isoSeconds(credentials.expiration),
  },
  AssumedRoleUser: { AssumedRoleId: assumedRoleId, Arn: arn },
  PackedPolicySize: packedPolicyPercent,
});

export const stsActions: readonly QueryAction[] = [
  {
    name: 'AssumeRole',
    resource: null,
    handle: (call) => {
      const input = { ...sessionInput(call), externalId: call.parameters.optional('ExternalId') };
      return roleElements(call.services.sts.assumeRole(call.principal, input, call.context));
    },
  },
  {
    name: 'AssumeRoleWithWebIdentity',
    resource: null,
    unsigned: true,
    handle: async (call) => {
      const input = { ...sessionInput(call), token: call.parameters.required('WebIdentityToken') };
      const opened = await call.services.sts.assumeRoleWithWebIdentity(input, call.context);
      return {
        ...roleElements(opened),
        SubjectFromWebIdentityToken: opened.subject,
        Audience: opened.audience,
        Provider: opened.provider,
      };
    },
  },
  {
    // Needs no right, and no Deny takes it away.
    name: 'GetCallerIdentity',
    resource: null,
    handle: ({ principal }) => {
      switch (principal.kind) {
        case 'user':
          return { UserId: principal.userId, Account: accountId, Arn: principal.arn };
        case 'session':
          return {
            UserId: `${principal.roleId}:${principal.sessionName}`,
            Account: accountId,
            Arn: principal.arn,
          };
        case 'anonymous':
          throw new IamError('MissingAuthenticationToken');
      }
    },
  },
];
