import { publish, type BenchReport } from './report.ts';

const quick = process.argv.includes('--quick');

/** `npm run bench -- [--quick] [NAME...]`: every figure beside its peer's, taken in one run. */
const benches: Readonly<Record<string, () => Promise<BenchReport>>> = {
  images: async () => (await import('./images.ts')).benchImages({ quick }),
  bucket: async () => (await import('./bucket.ts')).benchBucket(),
  transfer: async () => (await import('./transfer.ts')).benchTransfer({ quick }),
  policy: async () => (await import('./policy.ts')).benchPolicy(),
};

const names = process.argv.slice(2).filter((name) => name !== '--quick');
const unknown = names.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 2;
} else {
  for (const [name, run] of Object.entries(benches)) {
    // One after another: they measure the same cores.
    if (names.length === 0 || names.includes(name)) publish(name, await run());
  }
}
