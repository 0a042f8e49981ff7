import { Stack, Text } from '@mantine/core';
import type { Source } from '@windlass/contract';
import { useState } from 'react';
import { Section } from '../../../ui/section.tsx';
import { DeleteSource } from '../delete-source.tsx';
import { useFirstPicture } from '../first-picture.tsx';
import { SigningKeys } from '../keys/signing-keys.tsx';
import { PresetsEditor } from './presets-editor.tsx';
import { SourceSettingsForm, type SavedSource } from './source-settings-form.tsx';

interface SettingsPanelProps {
  source: Source;
  etag: string | null;
  mayWrite: boolean;
  path: string | undefined;
}

/** What a source is set to, its presets and its keys. */
export const SettingsPanel = ({ source, etag, mayWrite, path }: SettingsPanelProps) => {
  const [saved, setSaved] = useState<SavedSource | null>(null);
  const [keys, setKeys] = useState<SavedSource['signingKeys']>(null);
  const first = useFirstPicture(source, '');
  const hasKeys = source.secured || source.signingKeySetAt !== null;
  return (
    <div className="wl-two">
      {mayWrite ? (
        <SourceSettingsForm
          key={`settings ${etag}`}
          source={source}
          etag={etag}
          saved={saved}
          onSaved={(answer) => {
            setSaved(answer);
            if (answer.signingKeys !== null) setKeys(answer.signingKeys);
          }}
        />
      ) : (
        <Text c="dimmed">Admins and owners of the team change the settings of a source.</Text>
      )}
      <Stack gap={24}>
        {hasKeys && <SigningKeys source={source} mayWrite={mayWrite} fresh={keys} onKeys={setKeys} />}
        {mayWrite && (
          <PresetsEditor key={`presets ${etag}`} source={source} etag={etag} path={path ?? first} />
        )}
        {mayWrite && (
          <div className="wl-card">
            <Section title="Delete this source" about="Its URLs stop working; its originals stay.">
              <DeleteSource source={source} />
            </Section>
          </div>
        )}
      </Stack>
    </div>
  );
};
