import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { Source } from '@windlass/contract';
import { useRef, useState } from 'react';
import { withoutParameters } from '../../../lib/image-parameters.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { firstParameters, originalParameters } from '../allowed-parameters.ts';
import { OutputTabs } from '../output/output-tabs.tsx';
import { useImageUrls } from '../use-image-urls.ts';
import { problemsOf, refusedParameter } from './catalog.ts';
import { ParameterForm } from './parameter-form.tsx';
import { PresetsRow } from './presets-row.tsx';
import { Stage } from './stage.tsx';
import { stageViews, stageViewWords, type StageView } from './stage-views.ts';
import { TakeUrl } from './take-url.tsx';
import { useExplored } from './use-explored.ts';
import { useOriginal, type Dimensions } from './use-original.ts';

interface ExplorerProps {
  source: Source;
  etag: string | null;
  mayWrite: boolean;
  path: string;
  /** Parameters, as the page's address has them. */
  query: string;
  onQuery: (query: string) => void;
}

/** Parameters change, the picture follows: what the URL grammar does, seen at once. */
export const Explorer = ({ source, etag, mayWrite, path, query, onQuery }: ExplorerProps) => {
  const { teamId } = useTeam();
  const { values, settled, before, change, set, undo } = useExplored(query, onQuery);
  const [view, setView] = useState<StageView>('result');
  const [size, setSize] = useState<Dimensions | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const paste = useRef<HTMLDivElement>(null);
  const original = useOriginal(source, path);

  const problems = problemsOf(values, source.limits.maxOutputSide);
  const refused = refusal === null ? null : refusedParameter(refusal);
  // The picture stays while a value is half typed: what cannot be read yet is not sent.
  const usable = withoutParameters(settled, Object.keys(problemsOf(settled, source.limits.maxOutputSide)));
  const whole = originalParameters(source);
  const [url] = useImageUrls(teamId, source, path, [usable]);
  const [otherUrl] = useImageUrls(teamId, source, path, [(view === 'before' ? before : whole) ?? usable]);
  const views = stageViews.filter((one) => {
    if (one === 'before') return before !== null;
    if (one === 'region') return original.size !== null;
    return one === 'result' || whole !== null;
  });
  const shown = views.includes(view) ? view : 'result';
  const dpr = Number(usable['dpr'] ?? 1);
  return (
    <div className="wl-preview">
      <div className="wl-preview-stage">
        <Group justify="space-between" gap={8} mb={8} className="wl-stage-bar">
          <Text className="wl-mono" flex="1 1 160px" miw={0}>
            {path}
          </Text>
          {views.length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label="What the stage shows"
              data={views.map((one) => ({ value: one, label: stageViewWords[one] }))}
              value={shown}
              onChange={setView}
            />
          )}
        </Group>
        <Stage
          view={shown}
          url={url}
          otherUrl={otherUrl}
          alt={path}
          dpr={dpr}
          original={original}
          region={values['region'] ?? ''}
          onRegion={(region) => {
            set('region', region);
            setView('result');
          }}
          onSize={setSize}
          onRefused={setRefusal}
        />
      </div>
      <div className="wl-preview-presets">
        <TakeUrl url={url} onMore={() => paste.current?.scrollIntoView()} />
        <PresetsRow source={source} etag={etag} mayWrite={mayWrite} values={values} onChange={change} />
      </div>
      <div className="wl-card wl-preview-controls">
        <Group gap={8} mb={12} justify="space-between">
          <Text component="h3" fw={600} size="sm" m={0}>
            Parameters
          </Text>
          <Group gap={4}>
            <Button
              variant="default"
              size="compact-xs"
              leftSection={<IconArrowBackUp size={14} />}
              disabled={undo === null}
              onClick={() => undo?.()}
            >
              Undo
            </Button>
            <Button
              variant="default"
              size="compact-xs"
              onClick={() => change(source.presetsOnly ? firstParameters(source) : {})}
            >
              Reset
            </Button>
          </Group>
        </Group>
        <ParameterForm
          source={source}
          values={values}
          problems={refused === null ? problems : { [refused.name]: refused.problem, ...problems }}
          onSet={set}
        />
      </div>
      <div className="wl-preview-code" ref={paste}>
        <OutputTabs
          source={source}
          path={path}
          parameters={usable}
          url={url}
          original={original.size}
          size={
            size === null
              ? null
              : { width: Math.round(size.width / dpr), height: Math.round(size.height / dpr) }
          }
        />
      </div>
    </div>
  );
};
