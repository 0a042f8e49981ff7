import { Stack, Tabs } from '@mantine/core';
import type { StatementPlace } from '@windlass/policy';
import { useDeferredValue, useMemo, useRef, type Dispatch } from 'react';
import { statementLines } from '../../../lib/statement-lines.ts';
import type { JsonEditorHandle } from '../../../ui/json-editor/editor-handle.ts';
import { Section } from '../../../ui/section.tsx';
import type { StudioAction } from '../state/studio-reducer.ts';
import { openDocument, type CheckState } from '../state/studio-state.ts';
import { useTask } from '../tasks/use-task.ts';
import { DocumentPanel } from './document-panel.tsx';
import { DocumentTabs } from './document-tabs.tsx';
import { judge, litIn } from './judge.ts';
import { readDocuments } from './read-documents.ts';
import { RequestForm } from './request-form.tsx';
import { takenKinds } from './single-kinds.ts';
import { startingPolicy } from './starting-policy.ts';
import { VerdictView } from './verdict-view.tsx';

interface CheckViewProps {
  check: CheckState;
  dispatch: Dispatch<StudioAction>;
}

/** Documents with their findings on one side, a request and its verdict on the other. Both follow every key stroke. */
export const CheckView = ({ check, dispatch }: CheckViewProps) => {
  const editors = useRef(new Map<string, JsonEditorHandle>());
  // To judge takes a few milliseconds, but typing comes first.
  const settled = useDeferredValue(check);
  const read = useMemo(() => readDocuments(settled.documents, settled.request), [settled]);
  const judgement = useMemo(() => judge(settled.request, read), [settled, read]);
  const { documents, provider, request } = check;
  const { bucket, account } = request;
  const bucketIsSet = check.set?.includes('bucket') === true;
  const lint = useTask(
    'lintDocuments',
    useMemo(
      () => ({ documents, setting: { provider, bucket, bucketIsSet, account } }),
      [documents, provider, bucket, bucketIsSet, account],
    ),
  );
  const open = openDocument(check);
  const decided = judgement.decidedBy === null ? null : (read.documentOf(judgement.decidedBy) ?? null);

  const show = (place: StatementPlace) => {
    const document = read.documentOf(place);
    if (document === undefined) return;
    dispatch({ type: 'open', id: document.id });
    const lines = statementLines(document.text, place.statementIndex);
    // The tab has to be there before its editor can take the focus.
    requestAnimationFrame(() => editors.current.get(document.id)?.reveal(lines?.first ?? 1));
  };

  return (
    <div className="wl-studio-check">
      <Section title="Documents">
        <Tabs value={open.id} onChange={(id) => id !== null && dispatch({ type: 'open', id })}>
          <DocumentTabs
            documents={documents}
            findingsOf={(id) => lint.output?.get(id)?.findings ?? null}
            decided={decided?.id ?? null}
            onAdd={(kind) => dispatch({ type: 'add', kind, text: startingPolicy(kind, request) })}
          />
          {documents.map((document) => (
            <Tabs.Panel key={document.id} value={document.id} pt={12}>
              <DocumentPanel
                document={document}
                provider={provider}
                linted={lint.output?.get(document.id) ?? null}
                failed={lint.failed}
                lit={litIn(document.id, judgement, decided?.id ?? null)}
                taken={takenKinds(documents)}
                removable={documents.length > 1}
                editor={(made) => {
                  if (made === null) editors.current.delete(document.id);
                  else editors.current.set(document.id, made);
                }}
                dispatch={dispatch}
              />
            </Tabs.Panel>
          ))}
        </Tabs>
      </Section>
      <Stack gap={24} miw={0}>
        <Section title="Try a request">
          <RequestForm check={check} dispatch={dispatch} />
        </Section>
        <Section title="Verdict">
          <VerdictView judgement={judgement} onPlace={show} />
        </Section>
      </Stack>
    </div>
  );
};
