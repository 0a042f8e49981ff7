export * from '../reader/json-node.ts';
export * from '../reader/json-reader.ts';
export * from '../reader/line-index.ts';
export * from './finding.ts';
export * from './lint-cors.ts';
export * from './lint-options.ts';
export * from './lint-policy.ts';
export * from './rules.ts';
