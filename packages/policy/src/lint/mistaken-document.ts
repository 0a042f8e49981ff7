import { memberOf, type JsonNode } from '../reader/json-node.ts';
import { readJson } from '../reader/json-reader.ts';

const hasEither = (node: JsonNode | null | undefined, names: readonly string[]): boolean =>
  names.some((name) => memberOf(node, name) !== undefined);

const isCorsRoot = (root: JsonNode | null): boolean =>
  root?.type === 'array'
    ? root.items.some((item) => hasEither(item, ['AllowedOrigins', 'AllowedMethods']))
    : hasEither(root, ['CORSRules', 'AllowedOrigins', 'AllowedMethods']) && !isPolicyRoot(root);

/** True for the root of a policy, which has statements where CORS rules have none. */
export const isPolicyRoot = (root: JsonNode | null): boolean => hasEither(root, ['Statement']);

/**
 * True for CORS rules in any of their forms, which are pasted where a policy belongs.
 *
 * @example isCorsText('[{"AllowedOrigins": ["*"]}]') // true
 */
export const isCorsText = (text: string): boolean =>
  text.trimStart().startsWith('<') ? text.includes('<CORSConfiguration') : isCorsRoot(readJson(text).root);
