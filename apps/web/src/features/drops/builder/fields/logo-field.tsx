import { Button, FileButton, Group, Input } from '@mantine/core';
import { IconPhoto, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { logoFrom } from './logo-from.ts';

interface LogoFieldProps {
  /** A data: URL; null: none. */
  value: string | null;
  onChange: (logo: string | null) => void;
}

/** A picture of the lab's own, made small here in the page. */
export const LogoField = ({ value, onChange }: LogoFieldProps) => {
  const [error, setError] = useState<string | null>(null);
  const choose = async (file: File | null) => {
    if (file === null) return;
    try {
      onChange(await logoFrom(file));
      setError(null);
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : 'This picture cannot be read.');
    }
  };
  return (
    <Input.Wrapper
      label="Logo"
      labelElement="div"
      description="PNG, JPEG or WebP. A large one is made smaller before it is stored."
      error={error}
    >
      <Group gap={8} mt={4}>
        {value !== null && <img className="wl-logo" src={value} alt="The logo" />}
        <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => void choose(file)}>
          {(props) => (
            <Button variant="default" size="xs" leftSection={<IconPhoto size={16} />} {...props}>
              {value === null ? 'Choose a picture' : 'Another picture'}
            </Button>
          )}
        </FileButton>
        {value !== null && (
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            leftSection={<IconX size={16} />}
            onClick={() => onChange(null)}
          >
            No logo
          </Button>
        )}
      </Group>
    </Input.Wrapper>
  );
};
