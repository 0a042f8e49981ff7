import { listOf } from '../../packages/policy/src/evaluate/element-values.ts';
import type { AccessRequest, PolicySet } from '../../packages/policy/src/evaluate/access-request.ts';
import { decisions, type Decision } from '../../packages/policy/src/evaluate/evaluation.ts';
import { installPeer } from './install-peer.ts';

interface NamedPolicy {
  readonly name: string;
  readonly policy: unknown;
}

/** The part of the peer's input that we speak. */
interface Simulation {
  readonly request: unknown;
  readonly identityPolicies: readonly NamedPolicy[];
  readonly serviceControlPolicies: readonly { orgIdentifier: string; policies: readonly NamedPolicy[] }[];
  readonly resourceControlPolicies: readonly { orgIdentifier: string; policies: readonly NamedPolicy[] }[];
  readonly resourcePolicy?: unknown;
  readonly sessionPolicy?: unknown;
  readonly permissionBoundaryPolicies?: readonly NamedPolicy[];
  readonly vpcEndpointPolicies?: readonly NamedPolicy[];
  readonly additionalSettings?: unknown;
}

type RunSimulation = (
  simulation: Simulation,
  options: object,
) => Promise<{ resultType: string; overallResult?: string; errors?: unknown }>;

const named = (policies: unknown): NamedPolicy[] =>
  listOf(policies).map((policy, index) => ({ name: `policy${index}`, policy }));

const levels = (policies: PolicySet['scp']): Simulation['serviceControlPolicies'] =>
  listOf(policies).map((level, index) => ({ orgIdentifier: `level${index}`, policies: named(level) }));

/** One of our cases in the peer's words. */
export const simulationOf = (request: AccessRequest, policies: PolicySet): Simulation => ({
  request: {
    principal: request.principal === '*' ? { type: 'Anonymous' } : request.principal,
    action: request.action,
    resource: { resource: request.resource, accountId: request.resourceAccount },
    contextVariables: request.context,
  },
  identityPolicies: named(policies.identity),
  serviceControlPolicies: levels(policies.scp),
  resourceControlPolicies: levels(policies.rcp),
  ...(policies.bucketPolicy && { resourcePolicy: policies.bucketPolicy }),
  ...(policies.session && { sessionPolicy: policies.session }),
  ...(listOf(policies.boundary).length > 0 && { permissionBoundaryPolicies: named(policies.boundary) }),
  ...(listOf(policies.vpcEndpoint).length > 0 && { vpcEndpointPolicies: named(policies.vpcEndpoint) }),
  ...(policies.blockPublicAccess === true && { additionalSettings: { s3: { blockPublicAccess: true } } }),
});

/** Whether the peer's validated run allows the request; it throws where it refuses the case. */
export type AskPeer = (request: AccessRequest, policies: PolicySet) => Promise<Decision>;

export const loadPeer = async (): Promise<AskPeer> => {
  // The peer's front door; the shape is what its version in package.json has.
  const { runSimulation } = (await import(await installPeer())) as { runSimulation: RunSimulation };
  return async (request, policies) => {
    const { overallResult, errors } = await runSimulation(simulationOf(request, policies), {});
    const decision = decisions.find((known) => known === overallResult);
    if (decision === undefined) throw new Error(`The oracle refuses the case: ${JSON.stringify(errors)}`);
    return decision;
  };
};
