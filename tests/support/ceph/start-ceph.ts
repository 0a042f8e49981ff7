import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../free-port.ts';
import { cephConfig, clusterId } from './ceph-config.ts';

const run = promisify(execFile);
const readyWithinMilliseconds = 60_000;

export interface CephUser {
  userId: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** A real S3 server of another maker: Ceph's RADOS Gateway on loopback. Disposing ends it and forgets its data. */
export interface Ceph extends AsyncDisposable {
  endpoint: string;
  region: string;
  /** Owns what it makes; not limited by user policies. */
  root: CephUser;
  /** `guest`: may not even make buckets, so that it has no right but those of its policies. */
  createUser(name: string, standing?: 'guest'): Promise<CephUser>;
  /** Process ids of monitor, OSD and gateway, for measuring. */
  processIds: number[];
}

const stopped = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()));

/** Starts a cluster in a temporary folder; it answers within about two seconds. */
export const startCeph = async ({
  storeBytes = 4 * 1024 ** 3,
}: { storeBytes?: number } = {}): Promise<Ceph> => {
  const directory = await mkdtemp(join(tmpdir(), 'ceph-'));
  const monitorPort = await freePort();
  const gatewayPort = await freePort();
  const configFile = join(directory, 'ceph.conf');
  await writeFile(configFile, cephConfig({ directory, monitorPort, gatewayPort, storeBytes }));
  const withConfig = ['-c', configFile];
  const options = { cwd: directory, env: { ...process.env, CEPH_CONF: configFile } };
  const daemons: ChildProcess[] = [];

  const daemon = (program: string, args: string[]) => {
    const child = spawn(program, [...withConfig, '-f', ...args], { ...options, stdio: 'ignore' });
    daemons.push(child);
    return child;
  };
  const end = async () => {
    for (const child of daemons.toReversed()) child.kill('SIGKILL');
    await Promise.all(daemons.map(stopped));
    await rm(directory, { recursive: true, force: true });
  };
  const until = async (what: string, holds: () => Promise<boolean>, child: ChildProcess, log: string) => {
    const deadline = Date.now() + readyWithinMilliseconds;
    while (!(await holds())) {
      if (child.exitCode !== null || Date.now() > deadline) {
        const lines = await readFile(join(directory, log), 'utf8').catch(() => '(no log)');
        throw new Error(`${what} did not come up:\n${lines.slice(-2000)}`);
      }
      await sleep(50);
    }
  };
  const createUser = async (name: string, caps: string[] = []): Promise<CephUser> => {
    const accessKeyId = `AKIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const secretAccessKey = randomBytes(30).toString('base64url');
    await run(
      'radosgw-admin',
      [
        ...withConfig,
        'user',
        'create',
        `--uid=${name}`,
        `--display-name=${name}`,
        `--access-key=${accessKeyId}`,
        `--secret=${secretAccessKey}`,
        ...caps,
      ],
      options,
    );
    return { userId: name, accessKeyId, secretAccessKey };
  };

  try {
    const map = join(directory, 'monmap');
    await run('monmaptool', [
      '--create',
      '--clobber',
      '--fsid',
      clusterId,
      '--addv',
      'a',
      `[v2:127.0.0.1:${monitorPort}/0]`,
      map,
    ]);
    await run('ceph-mon', [...withConfig, '--mkfs', '-i', 'a', '--monmap', map], options);
    const monitor = daemon('ceph-mon', ['-i', 'a']);
    const inQuorum = async () => {
      const status = await run(
        'ceph',
        ['--admin-daemon', join(directory, 'mon.a.asok'), 'mon_status'],
        options,
      ).catch(() => null);
      return status !== null && status.stdout.includes('"state": "leader"');
    };
    await until('The monitor', inQuorum, monitor, 'mon.a.log');
    await mkdir(join(directory, 'osd'));
    const osdId = randomUUID();
    await run('ceph', [...withConfig, 'osd', 'new', osdId, '0'], options);
    await run('ceph-osd', [...withConfig, '-i', '0', '--mkfs', '--osd-uuid', osdId], options);
    daemon('ceph-osd', ['-i', '0']);
    const root = await createUser('root', [
      '--caps=users=*;buckets=*;metadata=*;usage=*;roles=*;user-policy=*',
    ]);
    const gateway = daemon('radosgw', ['-n', 'client.rgw.a']);
    const endpoint = `http://127.0.0.1:${gatewayPort}`;
    const answers = async () => (await fetch(endpoint).catch(() => null))?.status === 200;
    await until('The gateway', answers, gateway, 'client.rgw.a.log');
    return {
      endpoint,
      region: 'us-east-1',
      root,
      createUser: (name, standing) => createUser(name, standing === 'guest' ? ['--max-buckets=-1'] : []),
      processIds: daemons.flatMap((child) => (child.pid === undefined ? [] : [child.pid])),
      [Symbol.asyncDispose]: end,
    };
  } catch (error) {
    await end();
    throw new Error('Ceph did not start', { cause: error });
  }
};
