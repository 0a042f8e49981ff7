import { Stack } from '@mantine/core';
import type { Source } from '@windlass/contract';
import { curlLine, imageHtml, srcsetPlan } from '../../lib/image-url.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { useTeam } from '../teams/current-team.tsx';
import type { PixelSize } from './preview-stage.tsx';
import { useImageUrls } from './use-image-urls.ts';

interface PreviewCodeProps {
  source: Source;
  path: string;
  parameters: Readonly<Record<string, string>>;
  url: string;
  /** Pixel size of the picture on the stage, with its dpr: HTML wants CSS pixels. */
  size: PixelSize | null;
  dpr: number;
}

/** What to paste: the URL, an `<img>` with its srcset, a curl line. */
export const PreviewCode = ({ source, path, parameters, url, size, dpr }: PreviewCodeProps) => {
  const { teamId } = useTeam();
  const plan = srcsetPlan(parameters);
  const urls = useImageUrls(
    teamId,
    source,
    path,
    plan.map((candidate) => candidate.parameters),
  );
  const candidates = plan.flatMap(({ descriptor }, index) => {
    const candidate = urls[index];
    return candidate === undefined ? [] : [{ url: candidate, descriptor }];
  });
  const whole = candidates.length === plan.length;
  const css =
    size === null ? null : { width: Math.round(size.width / dpr), height: Math.round(size.height / dpr) };
  return (
    <Stack gap={12}>
      <CodeBlock what="URL" code={url} />
      {whole && <CodeBlock what="HTML" code={imageHtml(candidates, css, path.split('/').at(-1) ?? '')} />}
      <CodeBlock what="curl" code={curlLine(url)} />
    </Stack>
  );
};
