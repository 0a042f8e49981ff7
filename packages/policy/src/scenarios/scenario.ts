import type { AccessRequest, PolicySet, RequestContext } from '../evaluate/access-request.ts';
import { listOf, recordOf, textsOf } from '../evaluate/element-values.ts';
import { decisions, type Decision } from '../evaluate/evaluation.ts';

/** A request, the policies around it, and the answer that somebody expects. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly request: AccessRequest;
  readonly policies: PolicySet;
  /** One of these must come out. */
  readonly expect: readonly Decision[];
}

/** What a scenario lacks, as a sentence. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
}

type Fields = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string => textsOf(value)[0] ?? '';

const readContext = (value: unknown): RequestContext =>
  Object.fromEntries(
    Object.entries(recordOf(value) ?? {})
      .filter(([, entry]) => entry !== null)
      .map(([key, entry]) => [key, Array.isArray(entry) ? textsOf(entry) : textOf(entry)]),
  );

const readRequest = (value: unknown): AccessRequest => {
  const request = recordOf(value) ?? {};
  for (const field of ['principal', 'action', 'resource'])
    if (textOf(request[field]) === '') throw new ScenarioError(`The request has no ${field}.`);
  const context = readContext(request['context']);
  const accounts = [
    request['resourceAccount'],
    context['aws:ResourceAccount'],
    context['s3:ResourceAccount'],
  ];
  return {
    principal: textOf(request['principal']),
    action: textOf(request['action']),
    resource: textOf(request['resource']),
    resourceAccount: accounts.map(textOf).find((account) => account !== '') ?? '',
    context,
  };
};

/** Policies are taken as they are: `evaluate` bears any JSON in them. */
const readPolicies = (fields: Fields): PolicySet => {
  const accessPoint = recordOf(fields['accessPoint']);
  const session = listOf(fields['session']);
  // What `evaluate` reads is checked there, element by element.
  return {
    identity: listOf(fields['identity']),
    group: listOf(fields['group']),
    boundary: listOf(fields['boundary']),
    session: session[0] ?? null,
    bucketPolicy: fields['bucketPolicy'] ?? null,
    trust: fields['trust'] ?? null,
    accessPoint: accessPoint && {
      arn: textOf(accessPoint['arn']),
      policy: accessPoint['policy'] ?? null,
      bucketResource: textOf(accessPoint['bucketResource']),
    },
    vpcEndpoint: listOf(fields['vpcEndpoint']),
    scp: listOf(fields['scp']),
    rcp: listOf(fields['rcp']),
    blockPublicAccess: fields['blockPublicAccess'] === true,
  } as PolicySet;
};

/**
 * Reads one scenario.
 *
 * @throws ScenarioError for what has no request, or expects no decision that there is
 */
export const readScenario = (value: unknown): Scenario => {
  const fields = recordOf(value) ?? {};
  const expect = textsOf(fields['expect']).flatMap(
    (text) => decisions.find((decision) => decision === text) ?? [],
  );
  if (expect.length === 0) throw new ScenarioError(`It expects none of ${decisions.join(', ')}.`);
  return {
    id: textOf(fields['id']),
    title: textOf(fields['title']),
    request: readRequest(fields['request']),
    policies: readPolicies(fields),
    expect,
  };
};
