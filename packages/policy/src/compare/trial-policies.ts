import type { PolicyDocument, PolicyKind } from '../document/policy-document.ts';
import type { AccessRequest, PolicySet } from '../evaluate/access-request.ts';
import type { StatementParts } from './statement-parts.ts';
import { trialValue } from './trial-resources.ts';

const mostPrincipals = 4;

type Question = Omit<AccessRequest, 'resourceAccount'>;

export interface TrialPolicies {
  /** Who is tried as the caller. */
  readonly principals: readonly string[];
  /** A request and policies so that the decision is the document's alone. */
  readonly question: (document: PolicyDocument, question: Question) => [AccessRequest, PolicySet];
}

const everything: PolicyDocument = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
};

/**
 * Sets a document up to decide by itself: as the only identity policy of a user, or as the policy of a resource in an
 * account that is not the caller's, where both sides must allow and the caller's side allows everything.
 */
export const createTrialPolicies = (
  kind: PolicyKind,
  accountId: string,
  statements: readonly StatementParts[],
): TrialPolicies => {
  const own = `arn:aws:iam::${accountId}:user/${trialValue}`;
  if (kind !== 'bucket' && kind !== 'accessPoint' && kind !== 'trust' && kind !== 'rcp')
    return {
      principals: [own],
      question: (document, question) => [
        { ...question, resourceAccount: accountId },
        { identity: [document] },
      ],
    };
  return {
    principals: callersOf(statements, `arn:aws:iam::${strangersAccount}:user/${trialValue}`),
    question: (document, question) => [
      { ...question, resourceAccount: elsewhere },
      { identity: [everything], ...(kind === 'trust' ? { trust: document } : { bucketPolicy: document }) },
    ],
  };
};

/** Accounts that no policy names. */
const elsewhere = '000000000000';
const strangersAccount = '000000000001';

/** Those that the statements name, and a stranger. */
const callersOf = (statements: readonly StatementParts[], stranger: string): string[] => {
  const named = statements.flatMap(({ principals }) => principals).filter((principal) => principal !== '*');
  const callers = named.map((principal) => {
    const account = /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(principal)?.[1];
    return account === undefined ? principal : `arn:aws:iam::${account}:user/${trialValue}`;
  });
  return [...new Set([...callers, stranger])].slice(-mostPrincipals);
};
