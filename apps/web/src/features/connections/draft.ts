import {
  connectionSettings,
  providers,
  type Addressing,
  type Connection,
  type Job,
  type ProviderId,
} from '@windlass/contract';
import { fillEndpoint } from '../../lib/endpoint-template.ts';
import { validateWith } from '../../lib/validate.ts';

/** What the first two steps of the wizard hold, before there is a connection. */
export interface ConnectionDraft {
  jobs: Job[];
  provider: ProviderId;
  name: string;
  bucket: string;
  region: string;
  /** Fills `{account}` of the endpoint; not sent by itself. */
  account: string;
  endpoint: string;
  addressing: Addressing;
  prefix: string;
}

export const emptyDraft: ConnectionDraft = {
  jobs: ['deliver'],
  provider: 'aws',
  name: '',
  bucket: '',
  region: providers.aws.defaultRegion,
  account: '',
  endpoint: fillEndpoint('aws', { region: providers.aws.defaultRegion, account: '' }),
  addressing: providers.aws.addressing,
  prefix: '',
};

/** Where the embedded bucket of this server listens. */
export interface EmbeddedPlace {
  endpoint: string;
  region: string;
}

/** What follows from another provider: its region, addressing and endpoint. `embedded` is null where the team has none. */
export const withProvider = (
  draft: ConnectionDraft,
  provider: ProviderId,
  embedded: EmbeddedPlace | null = null,
): ConnectionDraft => {
  const { defaultRegion: region, addressing } = providers[provider];
  const preset = { region, endpoint: fillEndpoint(provider, { region, account: draft.account }) };
  const { region: itsRegion, endpoint } = provider === 'embedded' ? (embedded ?? preset) : preset;
  return { ...draft, provider, addressing, region: itsRegion, endpoint };
};

/** A region or account changes a preset's endpoint; an endpoint that the person gives stays. */
export const withBlank = (
  draft: ConnectionDraft,
  blank: { region?: string; account?: string },
): ConnectionDraft => {
  const next = { ...draft, ...blank };
  if (providers[draft.provider].endpointTemplate === null) return next;
  return { ...next, endpoint: fillEndpoint(draft.provider, next) };
};

/** The steps that a person fills in before the connection exists. */
export const draftSteps = ['job', 'bucket'] as const;
export type DraftStep = (typeof draftSteps)[number];

export const wizardSteps = [...draftSteps, 'rights', 'credentials', 'check'] as const;
export type WizardStep = (typeof wizardSteps)[number];

export const isDraftStep = (step: WizardStep): step is DraftStep =>
  draftSteps.some((candidate) => candidate === step);

const checks: Record<DraftStep, (draft: ConnectionDraft) => Record<string, string>> = {
  job: validateWith(connectionSettings.pick({ jobs: true })),
  bucket: validateWith(connectionSettings.omit({ jobs: true })),
};

/** What keeps a step from being left, by field. */
export const stepErrors = (step: DraftStep, draft: ConnectionDraft): Record<string, string> => {
  const errors = checks[step](draft);
  if (step === 'bucket' && 'endpoint' in errors && draft.provider === 'r2' && draft.account === '') {
    return { ...errors, account: 'This is needed.' };
  }
  return errors;
};

/** The fields of each step, to find the one that a refusal is about. */
export const fieldsOf: Record<DraftStep, readonly string[]> = {
  job: ['jobs'],
  bucket: ['provider', 'name', 'bucket', 'region', 'account', 'endpoint', 'addressing', 'prefix'],
};

/** The body of createConnection and of an edit. */
export const draftBody = ({ account: _account, ...settings }: ConnectionDraft) => settings;

/** The draft of a connection that is there already. */
export const draftOf = ({
  jobs,
  provider,
  name,
  bucket,
  region,
  endpoint,
  addressing,
  prefix,
}: Connection): ConnectionDraft => ({
  jobs,
  provider,
  name,
  bucket,
  region,
  // The first label of R2's endpoint; elsewhere nobody asks for it.
  account: provider === 'r2' ? (new URL(endpoint).hostname.split('.')[0] ?? '') : '',
  endpoint,
  addressing,
  prefix,
});

const storageKey = 'windlass-connection-draft';

/** Keeps what was typed for this tab, so that a reload or a look elsewhere loses nothing. */
export const keepDraft = (draft: ConnectionDraft): void => {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(draft));
  } catch {
    // Storage may be closed or full; the draft then lives as long as the page.
  }
};

export const forgetDraft = (): void => {
  try {
    sessionStorage.removeItem(storageKey);
  } catch {
    // Storage is closed: nothing was kept.
  }
};

/** The draft kept for this tab; what no longer fits is dropped. */
export const keptDraft = (): ConnectionDraft => {
  try {
    return readDraft(JSON.parse(sessionStorage.getItem(storageKey) ?? '{}'));
  } catch {
    // Storage is closed or holds something else: begin afresh.
    return emptyDraft;
  }
};

const shape = connectionSettings.shape;

/** Reads a stored draft, field by field: half-typed text is welcome, other shapes are not. */
export const readDraft = (stored: unknown): ConnectionDraft => {
  const field = (name: keyof ConnectionDraft): unknown =>
    typeof stored === 'object' && stored !== null ? Reflect.get(stored, name) : undefined;
  const text = (
    name: keyof ConnectionDraft & ('name' | 'bucket' | 'region' | 'account' | 'endpoint' | 'prefix'),
  ) => {
    const value = field(name);
    return typeof value === 'string' ? value : emptyDraft[name];
  };
  return {
    ...emptyDraft,
    jobs: shape.jobs.catch(emptyDraft.jobs).parse(field('jobs')),
    provider: shape.provider.catch(emptyDraft.provider).parse(field('provider')),
    addressing: shape.addressing.catch(emptyDraft.addressing).parse(field('addressing')),
    name: text('name'),
    bucket: text('bucket'),
    region: text('region'),
    account: text('account'),
    endpoint: text('endpoint'),
    prefix: text('prefix'),
  };
};
