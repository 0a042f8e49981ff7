import type { ProviderId, StoragePrices } from '@windlass/contract';

type ListPrices = Omit<StoragePrices, 'provider' | 'own'>;

/** On hardware of one's own the bill comes by another way. */
const ownHardware: ListPrices = {
  currency: 'USD',
  storagePerGbMonth: 0,
  downloadPerGb: 0,
  writesPerThousand: 0,
  readsPerThousand: 0,
  source: 'Storage of your own: set what it costs you.',
};

/**
 * What providers ask for their standard class, before any free allowance and without tax; first tier, in the region that most
 * take. Lists change: a team sets its own where they do. A month has GB, not GiB, as the lists have it.
 */
export const listPrices: Readonly<Record<ProviderId, ListPrices>> = {
  aws: {
    currency: 'USD',
    storagePerGbMonth: 0.023,
    downloadPerGb: 0.09,
    writesPerThousand: 0.005,
    readsPerThousand: 0.0004,
    source: 'https://aws.amazon.com/s3/pricing/ (S3 Standard, US East)',
  },
  r2: {
    currency: 'USD',
    storagePerGbMonth: 0.015,
    downloadPerGb: 0,
    writesPerThousand: 0.0045,
    readsPerThousand: 0.00036,
    source: 'https://developers.cloudflare.com/r2/pricing/',
  },
  b2: {
    currency: 'USD',
    storagePerGbMonth: 0.006,
    downloadPerGb: 0.01,
    writesPerThousand: 0,
    readsPerThousand: 0.0004,
    source:
      'https://www.backblaze.com/cloud-storage/pricing (three times what is stored is free to download)',
  },
  wasabi: {
    currency: 'USD',
    storagePerGbMonth: 0.0068,
    downloadPerGb: 0,
    writesPerThousand: 0,
    readsPerThousand: 0,
    source: 'https://wasabi.com/pricing (at least 1 TB and 90 days are charged)',
  },
  spaces: {
    currency: 'USD',
    storagePerGbMonth: 0.02,
    downloadPerGb: 0.01,
    writesPerThousand: 0,
    readsPerThousand: 0,
    source:
      'https://www.digitalocean.com/pricing/spaces-object-storage (5 USD a month include 250 GB and 1 TB out)',
  },
  minio: ownHardware,
  ceph: ownHardware,
  embedded: ownHardware,
  other: { ...ownHardware, source: 'Set what your provider asks.' },
};
