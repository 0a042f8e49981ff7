import { Text } from '@mantine/core';
import { useState } from 'react';
import { PictureRefused } from '../../../lib/load-picture.ts';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { usePicture } from '../use-picture.ts';
import { CompareStage } from './compare-stage.tsx';
import { PictureFacts } from './picture-facts.tsx';
import { RegionStage } from './region-stage.tsx';
import type { StageView } from './stage-views.ts';
import type { Dimensions, Original } from './use-original.ts';

interface StageProps {
  view: StageView;
  url: string | undefined;
  /** What it is compared with, or the original to select on; undefined where nothing is. */
  otherUrl: string | undefined;
  alt: string;
  dpr: number;
  original: Original;
  region: string;
  onRegion: (region: string) => void;
  onSize: (size: Dimensions | null) => void;
  /** Told the server's words of a refusal. */
  onRefused: (message: string | null) => void;
}

const Refused = ({ error }: { error: unknown }) => (
  <div role="alert" className="wl-stage-refused">
    <Text fw={600}>The picture was not served</Text>
    <Text size="sm">
      {error instanceof PictureRefused
        ? `${error.status}: ${error.message}`
        : 'The images address did not answer. Is it reachable from this browser?'}
    </Text>
    <Text size="sm">Change the parameters, or check where this source takes its pictures from.</Text>
  </div>
);

/** JSON laid out; anything else as it came. */
const readable = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // A hash is no JSON.
    return text;
  }
};

/** The picture as it is served, alone or beside another one, with its facts. */
export const Stage = (props: StageProps) => {
  const { view, url, otherUrl, alt, dpr, original, region, onRegion, onSize, onRefused } = props;
  const { loaded, error, busy } = usePicture(url, onRefused);
  const other = usePicture(view === 'result' ? undefined : otherUrl);
  const [size, setSize] = useState<Dimensions | null>(null);
  const css = size === null ? null : { width: size.width / dpr, height: size.height / dpr };
  const text = loaded?.text ?? null;
  const beside = other.loaded?.objectUrl;
  const selecting = view === 'region' && beside !== undefined && original.size !== null;
  const comparing =
    (view === 'original' || view === 'before') && beside !== undefined && css !== null && text === null;
  return (
    <div>
      <div className="wl-stage" data-busy={busy || undefined} aria-busy={busy}>
        {error !== null && !busy && !selecting && <Refused error={error} />}
        {loaded !== null && text !== null && !selecting && (
          <div className="wl-stage-text">
            <CodeBlock what="Answer" code={readable(text)} />
          </div>
        )}
        {loaded !== null && text === null && !selecting && (
          <img
            src={loaded.objectUrl}
            alt={alt}
            hidden={comparing}
            style={css === null ? {} : { width: css.width }}
            onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => {
              setSize({ width, height });
              onSize({ width, height });
            }}
          />
        )}
        {comparing && loaded !== null && (
          <CompareStage
            before={beside}
            after={loaded.objectUrl}
            beforeWords={view === 'original' ? 'Original' : 'Last settings'}
            alt={alt}
            size={css}
          />
        )}
        {selecting && original.size !== null && (
          <RegionStage url={beside} alt={alt} size={original.size} region={region} onRegion={onRegion} />
        )}
      </div>
      <PictureFacts loaded={loaded} size={text === null ? size : null} original={original} busy={busy} />
    </div>
  );
};
