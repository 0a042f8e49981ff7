import { createHash } from 'node:crypto';
import type { z } from 'zod';
import {
  createDrop,
  submitOrder,
  type startOrder,
  type Drop,
  type DropId,
  type OperationInput,
  type OrderReceipt,
  type TeamId,
  type TransferId,
  type WebhookPayload,
} from '@windlass/contract';
import {
  createDropsService,
  createOrderLimits,
  createReceiveFiles,
  createTakeBackFiles,
  type DropsService,
} from '../../apps/server/src/features/drops/index.ts';
import { createDownloadsService } from '../../apps/server/src/features/downloads/index.ts';
import { createMailer, type Mailer } from '../../apps/server/src/platform/mail/index.ts';
import { createTeamAccess } from '../../apps/server/src/features/teams/index.ts';
import {
  createTransfersService,
  type TransfersService,
} from '../../apps/server/src/features/transfers/index.ts';
import type { Vault } from '../../apps/server/src/platform/crypto/vault.ts';
import { createDatabaseRateLimiter } from '../../apps/server/src/platform/db/index.ts';
import type { JobHandler, Jobs } from '../../apps/server/src/platform/jobs/index.ts';
import { testPasswords } from './accounts-app.ts';
import { createRecordingLog } from './recording-log.ts';
import { solve } from '../../apps/server/src/features/drops/testing/solve-challenge.ts';
import { createTransferScene, type TransferScene } from './transfer-scene.ts';
import { send } from './upload-scene.ts';

type Start = Awaited<ReturnType<DropsService['pages']['start']>>;
type StartInput = OperationInput<typeof startOrder>['body'];

/** A transfer scene with order pages; a page's files go below `put-only/` by a key that may do nothing but put. */
export interface DropScene extends TransferScene {
  drops: DropsService;
  /** The same with another vault, for rotation. */
  dropsWith(vault: Vault): DropsService;
  /** What was told by webhooks, in order. */
  published: WebhookPayload[];
  log: ReturnType<typeof createRecordingLog>;
  /** Settings that the contract takes: no challenge, a name of its own. */
  settings(changes?: object): ReturnType<typeof createDrop.body.parse>;
  create(changes?: object): Promise<Drop>;
  edit(drop: Drop, change: object): Promise<Drop>;
  at(drop: Drop): { teamId: TeamId; dropId: DropId };
  /** Begins an order, as a browser at this address. */
  start(drop: Drop, given?: Partial<StartInput>, network?: string): Promise<Start>;
  /** Uploads a file of this text into an order. */
  upload(started: Start, name: string, text?: string): Promise<TransferId>;
  submit(started: Start, given: object): Promise<OrderReceipt>;
  /** Carries out the jobs of a queue that were enqueued until now. */
  carryOut(queue: string): Promise<void>;
}

/**
 * @param hcaptchaVerifyUrl of a service on loopback
 * @param mailer without one, no mail is sent
 */
export const createDropScene = async ({
  hcaptchaVerifyUrl = 'http://127.0.0.1:9/siteverify',
  mailer = createMailer(null),
}: { hcaptchaVerifyUrl?: string; mailer?: Mailer } = {}): Promise<DropScene> => {
  const scene = await createTransferScene();
  const { db, clock, vault, connections, guard, actors, teamId, enqueued } = scene;
  const access = createTeamAccess({ db });
  const log = createRecordingLog();
  const published: WebhookPayload[] = [];
  const enqueue: Jobs['enqueue'] = async (_trx, queue, payload) => {
    enqueued.push({ queue: queue.name, payload });
    return null;
  };
  const jobs = { enqueue };
  const transfers: TransfersService = createTransfersService({
    db,
    clock,
    log,
    access,
    openBucket: connections.openBucket,
    jobs,
    onReceived: { order: createReceiveFiles({ clock, jobs }) },
    onMissing: { order: createTakeBackFiles({ clock }) },
    limitsNow: { order: createOrderLimits({ clock }) },
    countReceived: () => {},
  });
  const dropsWith = (other: Vault): DropsService =>
    createDropsService({
      db,
      access,
      vault: other,
      passwords: testPasswords(),
      connections,
      transfers,
      webhooks: {
        publish: async (_trx, _teamId, payload) => {
          published.push(payload);
        },
      },
      downloads: createDownloadsService({
        db,
        access,
        openBucket: connections.openBucket,
        clock,
        log,
        publicUrl: () => 'https://media.example.com',
      }),
      mailer,
      jobs,
      createRateLimiter: createDatabaseRateLimiter(db),
      guard,
      hcaptchaVerifyUrl,
      publicUrl: () => 'https://media.example.com',
      imagesUrl: () => 'https://images.example.com',
      clock,
      log,
    });
  const drops = dropsWith(vault);
  const handlers = new Map<string, JobHandler<z.ZodType>>();
  await drops.startWork({
    // Each handler is called with what was enqueued for its own queue.
    work: async (queue, handler) => void handlers.set(queue.name, handler),
    schedule: async () => {},
  });

  let count = 0;
  const settings: DropScene['settings'] = (changes = {}) =>
    createDrop.body.parse({
      name: `prints-${(count += 1)}`,
      connectionId: scene.putOnly.id,
      title: 'Order prints',
      challenge: 'none',
      ...changes,
    });
  const at: DropScene['at'] = ({ id }) => ({ teamId, dropId: id });
  const signal = AbortSignal.timeout(110_000);

  return {
    ...scene,
    transfers,
    drops,
    dropsWith,
    published,
    log,
    settings,
    create: (changes) => drops.create(actors.admin, teamId, settings(changes)),
    edit: (drop, change) => drops.edit(actors.admin, at(drop), change, () => {}),
    at,
    start: async ({ name }, given = {}, network = '192.0.2.1') => {
      const challenge = await drops.pages.challenge(name, network);
      const proof =
        challenge.kind === 'proofOfWork' ? { salt: challenge.salt, nonce: solve(challenge) } : undefined;
      return drops.pages.start(name, network, { ...(proof === undefined ? {} : { proof }), ...given });
    },
    upload: async ({ uploadToken }, name, text = name) => {
      const uploads = transfers.uploads(await transfers.grantOf(uploadToken));
      const sha256 = createHash('sha256').update(text).digest('base64');
      const file = {
        name,
        size: Buffer.byteLength(text),
        type: 'image/jpeg',
        checksum: { algorithm: 'sha256', value: sha256 } as const,
      };
      const [made] = await uploads.create([file], signal);
      const put = made?.upload?.put;
      if (made?.upload == null || put == null) throw new Error(made?.refusal?.detail ?? 'no upload was made');
      const sent = await send(put, new TextEncoder().encode(text));
      if (sent.status !== 200) throw new Error(`the bucket answered ${sent.status} ${sent.code}`);
      const [done] = await uploads.complete([{ id: made.upload.id, etag: sent.etag, done: [] }], signal);
      if (done?.receipt == null) throw new Error(done?.refusal?.detail ?? 'no receipt');
      // The bucket's clock does not go with the scene's: its object would be older than the ticket.
      const createdAt = new Date(Date.now() - 60_000);
      await db.updateTable('transfers').set({ createdAt }).where('id', '=', made.upload.id).execute();
      return made.upload.id;
    },
    submit: (started, given) =>
      drops.pages.submit(started.orderToken, submitOrder.body.parse({ customer: { name: 'Zoë' }, ...given })),
    carryOut: async (queue) => {
      const due = enqueued.filter((job) => job.queue === queue);
      for (const job of due) enqueued.splice(enqueued.indexOf(job), 1);
      for (const { payload } of due) await handlers.get(queue)?.(payload, { jobId: 'test', signal });
    },
  };
};
