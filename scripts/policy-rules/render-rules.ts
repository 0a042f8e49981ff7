import type { Severity } from '../../packages/policy/src/lint/finding.ts';
import { ruleIds, severityOfRule, type RuleId } from '../../packages/policy/src/lint/rules.ts';
import { explainRule, ruleTitles, type RuleExplanation } from '../../packages/policy/src/rules/index.ts';

const families = {
  S3P: 'The document',
  S3A: 'Actions',
  S3R: 'Resources',
  S3C: 'Conditions',
  S3X: 'The policy as a whole',
  COR: 'CORS',
} as const;

const severityWords: Readonly<Record<Severity, string>> = {
  error: 'Error: it is refused, or does not do what it says',
  security: 'Security: it allows more than it should',
  warn: 'Warning: it will surprise somebody',
  info: 'Note',
};

/** Lines of an example that a page shows; the rest of a long list adds nothing. */
const shownLines = 40;

/** All pages, by file name. */
export const renderRules = (): ReadonlyMap<string, string> =>
  new Map([
    ['README.md', renderIndex()],
    ...ruleIds.map((id) => [`${id}.md`, renderPage(explainRule(id))] as const),
  ]);

const renderIndex = (): string => {
  const sections = Object.entries(families).map(([prefix, title]) => {
    const rows = ruleIds.filter((id) => id.startsWith(prefix)).map(renderRow);
    return [`## ${title}`, '', '| id | severity | what it is about |', '|---|---|---|', ...rows].join('\n');
  });
  return `${[
    '# Rules for policies and CORS',
    'What `windlass policy lint`, `windlass cors lint` and the policy studio look for. Ids are stable.',
    ...sections,
    '<!-- Written by scripts/policy-rules.ts out of packages/policy/src/rules; change the texts there. -->',
  ].join('\n\n')}\n`;
};

const renderRow = (id: RuleId): string => `| [${id}](${id}.md) | ${severityOfRule[id]} | ${ruleTitles[id]} |`;

const renderPage = ({
  id,
  severity,
  title,
  why,
  mend,
  message,
  bad,
  good,
  source,
}: RuleExplanation): string =>
  `${[
    `# ${id}: ${title}`,
    `${severityWords[severity]}.`,
    why,
    '## How to mend it',
    mend,
    '## Example',
    `> ${message}`,
    fence(bad),
    'Mended:',
    fence(good),
    `Source: <${source}>`,
    '[All rules](README.md)',
  ].join('\n\n')}\n`;

const fence = (json: string): string => {
  const lines = json.split('\n');
  const shown = lines.length > shownLines ? [...lines.slice(0, shownLines), '…'] : lines;
  return ['```json', ...shown, '```'].join('\n');
};
