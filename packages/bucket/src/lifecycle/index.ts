export { expirationHeader, type LifecycleRule } from './lifecycle-rule.ts';
export {
  createLifecycleRunner,
  type LifecycleRunner,
  type LifecycleRunnerOptions,
} from './lifecycle-runner.ts';
export { parseLifecycle } from './parse-lifecycle.ts';
