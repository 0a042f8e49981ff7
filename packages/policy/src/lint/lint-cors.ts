import { readJson } from '../reader/json-reader.ts';
import { checkCors } from './checks/cors.ts';
import { viewCors, viewCorsXml, type CorsView } from './cors-view.ts';
import type { Finding } from './finding.ts';
import type { CorsLintOptions } from './lint-options.ts';
import { isPolicyRoot } from './mistaken-document.ts';
import { createReporter, type Reporter } from './lint-scope.ts';

/**
 * Looks for what is wrong in the CORS rules of a bucket. Takes the list of the S3 console, the object with `CORSRules` of
 * the API and the CLI, and S3's XML. Never throws. Findings in JSON have fixes where there is one.
 *
 * @example lintCors('[{"AllowedOrigins": ["https://a.example/"], …}]', {}).map(({ rule }) => rule) // ['COR001', …]
 */
export const lintCors = (text: string, options: CorsLintOptions = {}): Finding[] => {
  const reporter = createReporter(text);
  const view = read(text, reporter);
  for (const { start, end, message } of view.strays) reporter.report('S3P001', { start, end }, '', message);
  checkCors({ text, options, view, ...reporter });
  return reporter.findings();
};

const read = (text: string, { report }: Reporter): CorsView => {
  if (text.trimStart().startsWith('<')) return viewCorsXml(text);
  const { root, problems, repaired } = readJson(text);
  const fixes = repaired === null ? [] : [{ title: 'Repair the JSON', text: repaired }];
  for (const { message, start, end } of problems) report('S3P001', { start, end }, '', message, fixes);
  if (root === null) return { rules: [], strays: [] };
  if (!isPolicyRoot(root)) return viewCors(root);
  const message = 'This is a policy, no list of CORS rules: use windlass policy lint';
  return { rules: [], strays: [{ start: root.start, end: root.end, message }] };
};
