import { once } from 'node:events';
import type { Server } from 'node:http';

/** Takes a free port, tells it to the parent, and ends with it. */
export const listenForParent = async (server: Server): Promise<void> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
  process.once('disconnect', () => process.exit());
};
