import type { Table } from '../report.ts';
import { fetchPicture, keepAlive } from './fetch-picture.ts';
import { startServerProcess } from './servers/server-process.ts';

const together = 100;

/** Many who ask for the same new picture at once: one read of the origin and one render. */
export const benchSameMoment = async (photographs: string): Promise<{ table: Table; figures: object }> => {
  await using server = await startServerProcess('windlass-process.ts', [photographs, 'keeps-results']);
  const agent = keepAlive(together);
  const ask = (): Promise<Buffer> =>
    fetchPicture(agent, server.port, { path: '/bench/0/town-12.jpg?width=800&format=webp' });
  await Promise.all(Array.from({ length: together }, ask));
  agent.destroy();
  // Our own server process answers with these.
  const { opened, rendered } = (await server.ask('counts')) as { opened: number; rendered: number };
  if (opened !== 1 || rendered !== 1) process.exitCode = 1;
  return {
    table: {
      title: `${together} requests for one new picture at the same moment`,
      columns: ['what', 'times'],
      rows: [
        ['origin read', String(opened)],
        ['picture rendered', String(rendered)],
      ],
    },
    figures: { together, opened, rendered },
  };
};
