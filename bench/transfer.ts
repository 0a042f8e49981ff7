import { startEmbedded, startPeer } from './bucket/servers.ts';
import type { BenchReport, Table } from './report.ts';
import { barePageName, startBrowserContenders } from './transfer/browser-contender.ts';
import { chromiumProcesses } from './transfer/chromium-cost.ts';
import { awsCommand, rcloneCommand, windlassCommand, type Contender } from './transfer/command-contenders.ts';
import { makeFixtures, type Fixture } from './transfer/fixtures.ts';
import type { Cost } from './transfer/run-measured.ts';
import { bytesThrough } from './transfer/server-bytes.ts';
import { measureSigning } from './transfer/signing.ts';
import { makeTarget, type Target } from './transfer/target.ts';
import { startWindlass, type WindlassScene } from './transfer/windlass-scene.ts';

interface Figure {
  contender: string;
  cost: Cost;
  megabytesPerSecond: number;
  /** What went through the Windlass server meanwhile, to the bytes of the fixture. */
  serverShare: number;
}

const peers: ReadonlySet<string> = new Set(['aws s3 cp', 'rclone copy']);

/**
 * One large file and many small ones, to the embedded bucket and to Ceph, by the command, by a page in Chromium, by AWS's
 * command and by rclone: each in turn, so that a slow moment of the machine hits them all, and of each the median. Every
 * upload goes to a new prefix, is counted, and is deleted before the next.
 */
export const benchTransfer = async ({ quick }: { quick: boolean }): Promise<BenchReport> => {
  await using stack = new AsyncDisposableStack();
  const { fixtures } = stack.use(await makeFixtures({ quick }));
  const targets = [
    await makeTarget(stack.use(await startEmbedded()), 'embedded'),
    await makeTarget(stack.use(await startPeer()), 'ceph'),
  ];
  const scene = stack.use(await startWindlass(targets));
  const browser = stack.use(
    await startBrowserContenders({ url: scene.server.url, grantOf: (...place) => scene.grantOf(...place) }),
  );
  const command = windlassCommand({
    url: scene.server.url,
    apiKey: scene.apiKey,
    connectionOf: (target) => scene.connectionOf(target),
  });
  const contenders = [command, ...browser.all, awsCommand(), rcloneCommand()].filter((one) => one !== null);

  const tables: Table[] = [];
  const figures: Record<string, Figure[]> = {};
  for (const target of targets) {
    for (const fixture of fixtures) {
      const title = `${fixture.name} to the ${target.server.name}`;
      const taken = await measureInTurns(contenders, fixture, target, scene, quick ? 1 : 3);
      figures[title] = taken;
      tables.push(tableOf(title, taken), ...processTables(title, taken));
    }
  }
  const [first] = targets;
  if (first === undefined) throw new Error('There is no target.');
  const signing = await measureSigning(scene, first);
  tables.push({
    title: 'Part URLs, signed over HTTP, a thousand a call',
    columns: ['URLs', 'a second', 'a second of a core'],
    rows: [[String(signing.urls), signing.urlsPerSecond.toFixed(0), signing.urlsPerCpuSecond.toFixed(0)]],
  });
  return { tables, figures: { uploads: figures, signing } };
};

const measureInTurns = async (
  contenders: readonly Contender[],
  fixture: Fixture,
  target: Target,
  scene: WindlassScene,
  turns: number,
): Promise<Figure[]> => {
  const all = new Map<string, { cost: Cost; serverShare: number }[]>();
  for (let turn = 0; turn < turns; turn += 1) {
    for (const contender of contenders) {
      if (contender.takes?.(fixture) === false) continue;
      const prefix = `${contender.name.replaceAll(/\W+/g, '-')}-${turn}/`;
      const before = await bytesThrough(scene.server.pid);
      const cost = await contender.upload(fixture, target, prefix);
      const serverShare = ((await bytesThrough(scene.server.pid)) - before) / fixture.bytes;
      await target.verify(prefix, { files: fixture.files.length, bytes: fixture.bytes });
      await target.clear(prefix);
      all.set(contender.name, [...(all.get(contender.name) ?? []), { cost, serverShare }]);
    }
  }
  return [...all].map(([contender, runs]) => {
    const middle = runs.toSorted((a, b) => a.cost.seconds - b.cost.seconds)[Math.floor(runs.length / 2)];
    if (middle === undefined) throw new Error('Nothing was measured.');
    return { contender, ...middle, megabytesPerSecond: fixture.bytes / 1e6 / middle.cost.seconds };
  });
};

const ratio = (figure: Figure, best: number | undefined): string =>
  best !== undefined && Number.isFinite(best) ? (figure.megabytesPerSecond / best).toFixed(2) : '-';

const tableOf = (title: string, figures: readonly Figure[]): Table => {
  const best = Math.max(
    ...figures.filter(({ contender }) => peers.has(contender)).map((figure) => figure.megabytesPerSecond),
  );
  const floor = figures.find(({ contender }) => contender === barePageName)?.megabytesPerSecond;
  return {
    title,
    columns: [
      '',
      'MB/s',
      'of the faster peer',
      'of the bare page',
      'seconds',
      'client CPU s',
      'client peak MB',
      'through the server',
    ],
    rows: figures.map((figure) => [
      figure.contender,
      figure.megabytesPerSecond.toFixed(1),
      ratio(figure, best),
      figure.cost.processes === undefined ? '-' : ratio(figure, floor),
      figure.cost.seconds.toFixed(2),
      figure.cost.cpuSeconds.toFixed(2),
      (figure.cost.peakBytes / 1e6).toFixed(0),
      peers.has(figure.contender) ? '-' : `${(figure.serverShare * 100).toFixed(2)} %`,
    ]),
  };
};

/** What each of Chromium's processes has cost, where there are pages among the contenders. */
const processTables = (title: string, figures: readonly Figure[]): Table[] => {
  const rows = figures.flatMap(({ contender, cost: { processes } }) =>
    processes === undefined
      ? []
      : [
          [
            contender,
            ...chromiumProcesses.flatMap((kind) => [
              processes[kind].cpuSeconds.toFixed(2),
              (processes[kind].peakBytes / 1e6).toFixed(0),
            ]),
          ],
        ],
  );
  const columns = chromiumProcesses.flatMap((kind) => [`${kind} CPU s`, `${kind} peak MB`]);
  return rows.length === 0
    ? []
    : [{ title: `${title}: Chromium's processes`, columns: ['', ...columns], rows }];
};
