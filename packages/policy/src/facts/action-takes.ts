import type { ResourceArn, ResourceShape } from '../match/resource-arn.ts';
import type { ActionFacts } from './action-facts.ts';

/** True when an action can apply to what a resource pattern names. Actions of the account know no resource but `*`. */
export const actionTakes = (facts: ActionFacts, arn: ResourceArn): boolean =>
  facts.resourceTypes.length === 0
    ? arn.rest === '*' && arn.service === 's3'
    : facts.resourceTypes.some((type) => shapeTakes(arn.shape, type));

/** True when an action on this resource type can apply to something that the pattern names. */
const shapeTakes = (shape: ResourceShape, type: string): boolean => {
  switch (shape) {
    case 'any':
      return true;
    case 'other':
      return !['bucket', 'object', 'accesspoint', 'accesspointobject'].includes(type);
    case 'accesspoint':
      return ['accesspoint', 'objectlambdaaccesspoint', 'multiregionaccesspoint', 'bucket'].includes(type);
    case 'accesspointobject':
      return ['accesspointobject', 'object', 'objectlambdaaccesspoint'].includes(type);
    case 'bucket':
    case 'object':
      return shape === type;
  }
};
