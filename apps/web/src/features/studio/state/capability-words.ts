import type { Capability } from '@windlass/policy/generate';

/** What each job is called, and what it is for. */
export const capabilityWords = {
  deliver: { word: 'Deliver', about: 'Serve what is there: reads and lists.' },
  ingest: { word: 'Ingest', about: 'Take uploads in: writes, and reads nothing back.' },
  ingestResumable: {
    word: 'Ingest, resumable',
    about: 'As ingest, and may look at and give up its own parts.',
  },
  process: { word: 'Process', about: 'Read originals, write what is made of them.' },
  gallery: { word: 'Gallery', about: 'Browse, add and remove.' },
  galleryMember: {
    word: 'Gallery member',
    about: 'Sees the team folder, owns a folder there and a private one.',
  },
  galleryAdmin: { word: 'Gallery admin', about: 'As a member, and tidies up after others.' },
} as const satisfies Record<Capability, { word: string; about: string }>;
