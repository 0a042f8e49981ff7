import { generate, type Capability, type GenerateInput } from '@windlass/policy/generate';
import { capabilityWords } from '../state/capability-words.ts';
import type { Example } from '../state/examples.ts';
import { toCheckState } from './documents-of.ts';

const jobs = ['ingest', 'deliver', 'galleryMember'] as const satisfies readonly Capability[];

/** What the generator makes for some jobs, to be looked at beside what people paste. */
export const generatedExamples = (): Example[] =>
  jobs.flatMap((job) => {
    const input: GenerateInput = {
      capabilities: [job],
      provider: 'aws',
      bucket: 'example-media',
      prefix: 'media/',
      addOns: { tlsOnly: true },
    };
    const check = toCheckState(generate(input), input);
    const { word, about } = capabilityWords[job];
    return check === null ? [] : [{ id: `generated-${job}`, title: `${word}, generated`, about, check }];
  });
