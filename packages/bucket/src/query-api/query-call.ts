import type { Principal } from '../authorize.ts';
import type { BucketIam } from '../iam/bucket-iam.ts';
import type { StsCalls } from '../sts/sts-calls.ts';
import type { XmlContent } from '../xml/write-xml.ts';
import type { CallParameters } from './call-parameters.ts';

/** What every call of IAM and STS may use. */
export interface QueryServices {
  iam: BucketIam;
  sts: StsCalls;
}

/** One call on its way through: the signature is verified, and where the action names a resource, the right was given. */
export interface QueryCall {
  parameters: CallParameters;
  principal: Principal;
  /** Condition keys of the request. */
  context: Record<string, string>;
  services: QueryServices;
}

export interface QueryAction {
  /** The name in the API reference. */
  name: string;
  /** What the permission of this name is asked on; null where nothing is asked, or the handler asks. */
  resource: ((call: QueryCall) => string) | null;
  /** May come without a signature. */
  unsigned?: boolean;
  /** The content of `<NAMEResult>`; undefined where the action has no result. */
  handle(call: QueryCall): Promise<XmlContent> | XmlContent;
}

/** The services of the Query protocol, with the version and namespace that their clients send and expect. */
export const queryServices = {
  iam: { version: '2010-05-08', namespace: 'https://iam.amazonaws.com/doc/2010-05-08/' },
  sts: { version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' },
} as const;
export type QueryService = keyof typeof queryServices;
