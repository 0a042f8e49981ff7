import type { Choices } from '../choices.ts';
import type { Step, Workbench } from '../step.ts';
import { bucketStep, publicAccessStep } from './bucket-steps.ts';
import { accessKeyStep, credentialsStep, type SaveCredentials } from './credential-steps.ts';
import { policyStep, roleStep, userStep } from './identity-steps.ts';
import { corsStep, lifecycleStep } from './rules-step.ts';

/** What was chosen, in the order in which it is made: a key is made last, for rights that are there. */
export const stepsOf = (bench: Workbench, choices: Choices, save: SaveCredentials): readonly Step[] => [
  bucketStep(bench, { create: choices.createBucket }),
  ...(choices.blockPublicAccess ? [publicAccessStep(bench)] : []),
  ...(choices.cors ? [corsStep(bench)] : []),
  ...(choices.lifecycle ? [lifecycleStep(bench)] : []),
  ...(choices.identity === 'user'
    ? [userStep(bench), policyStep(bench, 'user'), accessKeyStep(bench)]
    : [roleStep(bench), policyStep(bench, 'role')]),
  credentialsStep(bench, choices.identity, save),
];
