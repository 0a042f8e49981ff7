import type { Source } from '@windlass/contract';
import type { ImageParameters } from '../../../lib/image-parameters.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { useImageUrls } from '../use-image-urls.ts';
import type { UrlCandidate } from './picture-html.ts';
import { pictureElementFormats, srcsetPlan, type SrcsetChoice } from './srcset-plan.ts';

export interface CandidateSet {
  /** Null for the format that the parameters ask for. */
  format: (typeof pictureElementFormats)[number] | null;
  candidates: readonly UrlCandidate[];
}

/** The candidates of every format with their URLs; empty until all of them are there. */
export const useCandidates = (
  source: Source,
  path: string,
  parameters: ImageParameters,
  choice: SrcsetChoice,
  enabled: boolean,
): readonly CandidateSet[] => {
  const { teamId } = useTeam();
  const formats = choice.formats ? pictureElementFormats : [null];
  const plans = formats.map((format) =>
    srcsetPlan(format === null ? parameters : { ...parameters, format }, choice),
  );
  const flat = enabled ? plans.flat() : [];
  const urls = useImageUrls(
    teamId,
    source,
    path,
    flat.map((candidate) => candidate.parameters),
  );
  if (!enabled || urls.some((url) => url === undefined)) return [];
  return formats.map((format, index) => {
    const first = plans.slice(0, index).flat().length;
    return {
      format,
      candidates: (plans[index] ?? []).map(({ descriptor }, at) => ({
        descriptor,
        url: urls[first + at] ?? '',
      })),
    };
  });
};
