import { loadPeer } from '../../scripts/policy-oracle/peer.ts';
import { hostileCases } from './hostile.ts';

/** Runs the peer on one hostile case and prints the milliseconds; whoever starts this puts an end to it. */
const { request, policies } = hostileCases[Number(process.argv[2])] ?? {};
if (request === undefined || policies === undefined) throw new Error('Name a hostile case by its number.');
const ask = await loadPeer();
const start = performance.now();
await ask(request, policies);
process.stdout.write(String(performance.now() - start));
