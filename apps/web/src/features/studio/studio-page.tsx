import { Button, CloseButton, Group, Tabs, Text } from '@mantine/core';
import { PageHeader } from '../../ui/page-header.tsx';
import { CheckView } from './check/check-view.tsx';
import { ExamplesMenu } from './check/examples-menu.tsx';
import { CompareView } from './compare/compare-view.tsx';
import { CorsView } from './cors/cors-view.tsx';
import { GenerateView } from './generate/generate-view.tsx';
import { ShareButton } from './share/share-button.tsx';
import { firstStudio } from './state/examples.ts';
import type { CheckState, TriedRequest } from './state/studio-state.ts';
import { studioViews, type StudioView } from './state/studio-views.ts';
import { useBroughtBack } from './use-brought-back.ts';
import { useStudio } from './use-studio.ts';

const viewWords = {
  check: 'Check',
  generate: 'Generate',
  compare: 'Compare',
  cors: 'CORS',
} as const satisfies Record<StudioView, string>;

/** An identity policy on its own, with a request to try. */
const triedAlone = (text: string, request: Partial<TriedRequest>): CheckState => ({
  ...firstStudio.check,
  documents: [{ id: 'identity-1', kind: 'identity', text }],
  request: { ...firstStudio.check.request, ...request },
});

interface StudioPageProps {
  view: StudioView;
  onView: (view: StudioView) => void;
}

/** The policy studio. All of it runs in this page: no call is made with what is put in, or because of it. */
export const StudioPage = ({ view, onView }: StudioPageProps) => {
  const { studio, dispatch: act, refused } = useStudio(onView);
  const { dispatch, bringBack, forget } = useBroughtBack(studio, act);
  const check = (state: CheckState) => {
    dispatch({ type: 'load', part: { view: 'check', state } });
    onView('check');
  };
  return (
    <div className="wl-studio">
      <PageHeader
        title="Policy studio"
        about="Checks policies for S3 and tries requests against them. It runs in this page: nothing you paste leaves it."
        actions={
          <>
            <ExamplesMenu onChoose={check} />
            <ShareButton studio={studio} view={view} />
          </>
        }
      />
      {refused !== null && (
        <div className="wl-notice wl-link-refused" data-tone="missing" role="alert">
          <Text fw={600}>The link did not open</Text>
          <Text size="sm">{refused.message} Ask for it once more.</Text>
        </div>
      )}
      <Tabs
        value={view}
        onChange={(next) => {
          const chosen = studioViews.find((name) => name === next);
          if (chosen !== undefined) onView(chosen);
        }}
        keepMounted={false}
      >
        <Tabs.List aria-label="Views of the studio" mb={16}>
          {studioViews.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {viewWords[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="check">
          {bringBack !== null && (
            <Group className="wl-notice" role="status" gap={12} mb={16}>
              <Text size="sm" flex="1 1 240px">
                Your documents were replaced or removed.
              </Text>
              <Button variant="default" size="xs" onClick={bringBack}>
                Bring it back
              </Button>
              <CloseButton size="sm" aria-label="Let it go" onClick={forget} />
            </Group>
          )}
          <CheckView check={studio.check} dispatch={dispatch} />
        </Tabs.Panel>
        <Tabs.Panel value="generate">
          <GenerateView generate={studio.generate} dispatch={dispatch} onCheck={check} />
        </Tabs.Panel>
        <Tabs.Panel value="compare">
          <CompareView
            compare={studio.compare}
            dispatch={dispatch}
            onTry={(policy, request) => check(triedAlone(policy, request))}
          />
        </Tabs.Panel>
        <Tabs.Panel value="cors">
          <CorsView cors={studio.cors} dispatch={dispatch} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
};
