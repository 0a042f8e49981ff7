import { ActionIcon, Modal, TextInput, Tooltip, type TextInputProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPhotoSearch } from '@tabler/icons-react';
import type { Source } from '@windlass/contract';
import { useState } from 'react';
import { PicturePicker } from './picture-picker.tsx';

interface PathInputProps extends Omit<TextInputProps, 'onChange' | 'value' | 'rightSection'> {
  /** What the picture is for, e.g. `watermark`. */
  what: string;
  source: Source;
  value: string;
  onChange: (text: string) => void;
  /** A key that was chosen from the grid. */
  onChoose: (path: string) => void;
}

/** A picture of a source by its path: typed, or chosen from a grid where the source can be listed. */
export const PathInput = ({ what, source, value, onChange, onChoose, ...input }: PathInputProps) => {
  const [opened, dialog] = useDisclosure(false);
  const [below, setBelow] = useState('');
  const choose = `Choose a picture for ${what}`;
  return (
    <>
      <TextInput
        {...input}
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        rightSection={
          source.kind === 'connection' && (
            <Tooltip label={choose}>
              <ActionIcon variant="subtle" color="gray" aria-label={choose} onClick={dialog.open}>
                <IconPhotoSearch size={16} />
              </ActionIcon>
            </Tooltip>
          )
        }
      />
      <Modal opened={opened} onClose={dialog.close} title={choose} size="lg">
        <PicturePicker
          source={source}
          below={below}
          chosen={value === '' ? undefined : value}
          onBelow={setBelow}
          onChoose={(path) => {
            onChoose(path);
            dialog.close();
          }}
        />
      </Modal>
    </>
  );
};
