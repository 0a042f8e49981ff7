import { createServer } from 'node:http';
import { createIPX, createIPXNodeServer, ipxFSStorage } from 'ipx';
import { listenForParent } from './listen.ts';

/** The peer as its guide starts it. */
const ipx = createIPX({ storage: ipxFSStorage({ dir: process.argv[2] ?? '.' }) });
await listenForParent(createServer(createIPXNodeServer(ipx)));
