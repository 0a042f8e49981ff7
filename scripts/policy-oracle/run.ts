import { evaluate } from '../../packages/policy/src/evaluate/evaluate.ts';
import { disagreements, type Difference } from './disagreements.ts';
import { loadPeer } from './peer.ts';
import { createRandom } from './random.ts';
import { randomCase } from './random-case.ts';

/**
 * `node scripts/policy-oracle/run.ts [CASES] [SEED]`: random requests and policies, ours against an engine by others. Every
 * disagreement must be one that `disagreements.ts` explains; one that it does not ends in exit code 1.
 */
const cases = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? 1);
/** As many unexplained cases as a person can look at. */
const shown = 5;

const show = ({ request, policies, ours, oracle }: Difference): string =>
  [
    `ours ${ours.decision} (${ours.reason}), oracle ${oracle}`,
    JSON.stringify(request),
    ...Object.entries(policies)
      .filter(([, given]) => given !== null && given !== false)
      .map(([kind, given]) => `${kind}: ${JSON.stringify(given)}`),
  ].join('\n');

const ask = await loadPeer();
const explained = new Map<string, number>();
const unexplained: { seed: number; difference: Difference }[] = [];
const decided = new Map<string, number>();
let refused = 0;

for (let at = 0; at < cases; at += 1) {
  const { request, policies } = randomCase(createRandom(seed * 1_000_003 + at));
  const ours = evaluate(request, policies);
  const oracle = await ask(request, policies).catch((error: unknown) => {
    refused += 1;
    if (refused <= shown) console.error(error);
    return null;
  });
  if (oracle === null) continue;
  decided.set(ours.decision, (decided.get(ours.decision) ?? 0) + 1);
  if (ours.decision === oracle) continue;
  const difference = { request, policies, ours, oracle };
  const known = disagreements.find(({ covers }) => covers(difference));
  if (known === undefined) unexplained.push({ seed: at, difference });
  else explained.set(known.id, (explained.get(known.id) ?? 0) + 1);
}

console.log(`${cases} cases: ${[...decided].map(([decision, count]) => `${count} ${decision}`).join(', ')}.`);
for (const [id, count] of explained)
  console.log(`${count} × ${id}: ${disagreements.find((known) => known.id === id)?.explanation ?? ''}`);
for (const { seed: at, difference } of unexplained.slice(0, shown))
  console.error(`\nUnexplained, case ${at}:\n${show(difference)}`);
console.log(`${unexplained.length} unexplained, ${refused} refused by the oracle.`);
process.exitCode = unexplained.length + refused > 0 ? 1 : 0;
