import { Menu, Tabs, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { policyKinds, type PolicyKind } from '@windlass/policy';
import type { Finding } from '@windlass/policy/lint';
import type { Tone } from '../../../lib/tone.ts';
import { severityWords, worstFinding } from '../../../lib/severity.ts';
import { kindWords } from '../state/kind-words.ts';
import { mostDocuments, type StudioDocument } from '../state/studio-state.ts';
import { takenKinds } from './single-kinds.ts';

interface DocumentTabsProps {
  documents: readonly StudioDocument[];
  /** Null until it has been looked at. */
  findingsOf: (id: string) => readonly Finding[] | null;
  /** The document whose statement decided. */
  decided: string | null;
  onAdd: (kind: PolicyKind) => void;
}

/** The name of a tab: its kind, with a number where a kind is there twice. */
const nameOf = ({ id, kind }: StudioDocument, documents: readonly StudioDocument[]): string => {
  const alike = documents.filter((document) => document.kind === kind);
  const { word } = kindWords[kind];
  return alike.length === 1 ? word : `${word} ${alike.findIndex((document) => document.id === id) + 1}`;
};

const worstOf = (findings: readonly Finding[] | null): { tone: Tone; word: string } => {
  if (findings === null) return { tone: 'unknown', word: 'checking' };
  const worst = worstFinding(findings);
  return worst === null ? { tone: 'ok', word: 'nothing found' } : severityWords[worst.severity];
};

/** A tab for each document, with the worst that was found in it, and the way to one more. */
export const DocumentTabs = ({ documents, findingsOf, decided, onAdd }: DocumentTabsProps) => {
  const taken = takenKinds(documents);
  return (
    <div className="wl-document-tabs">
      <Tabs.List aria-label="Documents" flex={1}>
        {documents.map((document) => {
          const { tone, word } = worstOf(findingsOf(document.id));
          return (
            <Tabs.Tab
              key={document.id}
              value={document.id}
              leftSection={<span className="wl-dot" data-tone={tone} aria-hidden="true" />}
            >
              {nameOf(document, documents)}
              <VisuallyHidden>
                {`, ${word.toLowerCase()}`}
                {decided === document.id ? ', decides' : ''}
              </VisuallyHidden>
              {decided === document.id && documents.length > 1 && (
                <Text component="span" size="xs" c="dimmed" aria-hidden="true">
                  {' '}
                  decides
                </Text>
              )}
            </Tabs.Tab>
          );
        })}
      </Tabs.List>
      <Menu position="bottom-end" width={300}>
        <Menu.Target>
          <UnstyledButton className="wl-add-document" disabled={documents.length >= mostDocuments} fz="sm">
            <IconPlus size={14} aria-hidden="true" /> Add
            <VisuallyHidden> a document</VisuallyHidden>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
          {policyKinds.map((kind) => (
            <Menu.Item key={kind} disabled={taken.has(kind)} onClick={() => onAdd(kind)}>
              <Text size="sm" fw={500}>
                {kindWords[kind].word}
              </Text>
              <Text size="xs" c="dimmed">
                {kindWords[kind].about}
              </Text>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
};
