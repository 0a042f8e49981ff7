import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { evaluate } from '../packages/policy/src/evaluate/evaluate.ts';
import { readScenario, type Scenario } from '../packages/policy/src/scenarios/scenario.ts';
import { loadPeer } from '../scripts/policy-oracle/peer.ts';
import { hostileCases, type HostileCase } from './policy/hostile.ts';
import type { BenchReport } from './report.ts';

const wantedRatio = 20;
const hostileBoundMilliseconds = 1;
const peerBoundMilliseconds = 10_000;
/** In turns, so that what else the machine does meets both. */
const turns = 6;
const turnMilliseconds = 1_000;

/** The peer knows no access points. */
const scenarios = (): Scenario[] => {
  const file: unknown = JSON.parse(
    readFileSync(new URL('../packages/policy/test-data/scenarios.json', import.meta.url), 'utf8'),
  );
  // Our own file, beside the tests that read it.
  const { scenarios: all } = file as { scenarios: unknown[] };
  return all.map(readScenario).filter(({ policies }) => policies.accessPoint === null);
};

interface Rate {
  operations: number;
  milliseconds: number;
}

const perSecond = ({ operations, milliseconds }: Rate): number => (operations / milliseconds) * 1000;

const turn = async (rate: Rate, run: () => Promise<number> | number): Promise<void> => {
  const start = performance.now();
  while (performance.now() - start < turnMilliseconds) rate.operations += await run();
  rate.milliseconds += performance.now() - start;
};

const measureThroughput = async (): Promise<{ ours: number; peer: number; scenarios: number }> => {
  const all = scenarios();
  const ask = await loadPeer();
  const runOurs = (): number => {
    for (const { request, policies } of all) evaluate(request, policies);
    return all.length;
  };
  const runPeer = async (): Promise<number> => {
    for (const { request, policies } of all) await ask(request, policies).catch(() => null);
    return all.length;
  };
  // Both are warm before either is measured.
  for (const run of [runOurs, runPeer]) await turn({ operations: 0, milliseconds: 0 }, run);
  const [ours, peer]: [Rate, Rate] = [
    { operations: 0, milliseconds: 0 },
    { operations: 0, milliseconds: 0 },
  ];
  for (let at = 0; at < turns; at += 1) {
    await turn(ours, runOurs);
    await turn(peer, runPeer);
  }
  return { ours: perSecond(ours), peer: perSecond(peer), scenarios: all.length };
};

/** Median of many runs. */
const measureHostile = ({ request, policies }: HostileCase): number => {
  const times = Array.from({ length: 101 }, () => {
    const start = performance.now();
    evaluate(request, policies);
    return performance.now() - start;
  }).toSorted((a, b) => a - b);
  return times[50] ?? 0;
};

/** Milliseconds; null when the peer had to be ended. */
const measureHostilePeer = (index: number): number | null => {
  const script = fileURLToPath(new URL('policy/hostile-peer.ts', import.meta.url));
  const { stdout, signal } = spawnSync(process.execPath, [script, String(index)], {
    encoding: 'utf8',
    timeout: peerBoundMilliseconds,
    killSignal: 'SIGKILL',
  });
  return signal === null ? Number(stdout) : null;
};

/** The policy engine with its whole trace beside iam-simulate's validated run, and both against hostile patterns. */
export const benchPolicy = async (): Promise<BenchReport> => {
  const throughput = await measureThroughput();
  const ratio = throughput.ours / throughput.peer;
  const hostile = hostileCases.map((each, index) => ({
    name: each.name,
    ours: measureHostile(each),
    peer: measureHostilePeer(index),
  }));
  const slow = hostile.filter(({ ours }) => ours >= hostileBoundMilliseconds);
  if (ratio < wantedRatio || slow.length > 0) process.exitCode = 1;
  return {
    tables: [
      {
        title: `${throughput.scenarios} scenarios, full trace, beside iam-simulate 0.1.173 (at least ${wantedRatio} times its speed)`,
        columns: ['engine', 'evaluations/s', 'ratio'],
        rows: [
          ['ours', throughput.ours.toFixed(0), ratio.toFixed(1)],
          ['iam-simulate', throughput.peer.toFixed(0), '1.0'],
        ],
      },
      {
        title: `Hostile patterns against a key of 1,000 characters (ours below ${hostileBoundMilliseconds} ms)`,
        columns: ['pattern', 'ours ms', 'iam-simulate ms'],
        rows: hostile.map(({ name, ours, peer }) => [
          name,
          ours.toFixed(3),
          peer === null ? `ended after ${peerBoundMilliseconds}` : peer.toFixed(1),
        ]),
      },
    ],
    figures: { throughput, ratio, hostile },
  };
};
