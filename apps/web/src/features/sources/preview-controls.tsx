import {
  Button,
  ColorInput,
  Input,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Slider,
  Stack,
  Switch,
  TextInput,
} from '@mantine/core';
import { formats, isAspectRatio, modes, noControls, type ImageControls } from '../../lib/image-url.ts';

interface PreviewControlsProps {
  controls: ImageControls;
  onChange: (controls: ImageControls) => void;
}

const modeWords = {
  clip: 'clip: fit inside, no padding',
  crop: 'crop: fill and cut',
  contain: 'contain: fit and pad',
  force: 'force: stretch',
} as const;

const lossy = new Set<string>(['jpeg', 'webp', 'avif', '']);
const side = (value: number | string): number | '' => (typeof value === 'number' ? value : '');

/** A control for each parameter of the URL grammar; an empty one leaves the parameter out. */
export const PreviewControls = ({ controls, onChange }: PreviewControlsProps) => {
  const set = (change: Partial<ImageControls>) => onChange({ ...controls, ...change });
  const needsRatioMode = controls.aspectRatio !== '' && (controls.mode === '' || controls.mode === 'clip');
  return (
    <Stack gap={16}>
      <SimpleGrid cols={2} spacing={12}>
        <NumberInput
          label="width"
          suffix=" px"
          min={1}
          max={8192}
          allowDecimal={false}
          allowNegative={false}
          value={controls.width}
          onChange={(value) => set({ width: side(value) })}
        />
        <NumberInput
          label="height"
          suffix=" px"
          min={1}
          max={8192}
          allowDecimal={false}
          allowNegative={false}
          value={controls.height}
          onChange={(value) => set({ height: side(value) })}
        />
      </SimpleGrid>
      <Input.Wrapper label="dpr" labelElement="div" labelProps={{ id: 'dpr-label' }}>
        <SegmentedControl
          fullWidth
          mt={4}
          size="xs"
          aria-labelledby="dpr-label"
          data={['1', '2', '3', '4']}
          value={String(controls.dpr)}
          onChange={(value) => set({ dpr: Number(value) })}
        />
      </Input.Wrapper>
      <Select
        label="mode"
        placeholder="clip"
        clearable
        clearButtonProps={{ 'aria-label': 'Leave mode out' }}
        data={modes.map((mode) => ({ value: mode, label: modeWords[mode] }))}
        value={controls.mode === '' ? null : controls.mode}
        onChange={(value) => set({ mode: modes.find((mode) => mode === value) ?? '' })}
      />
      <TextInput
        label="aspect-ratio"
        placeholder="16:9"
        error={
          controls.aspectRatio !== '' && !isAspectRatio(controls.aspectRatio)
            ? 'Two numbers with a colon, as 16:9.'
            : undefined
        }
        description={needsRatioMode ? 'Takes effect with crop, contain or force.' : undefined}
        value={controls.aspectRatio}
        onChange={(event) => set({ aspectRatio: event.currentTarget.value.trim() })}
      />
      <Select
        label="format"
        placeholder="the default"
        clearable
        clearButtonProps={{ 'aria-label': 'Leave format out' }}
        data={[...formats]}
        value={controls.format === '' ? null : controls.format}
        onChange={(value) => set({ format: formats.find((format) => format === value) ?? '' })}
      />
      <Input.Wrapper
        label="quality"
        labelElement="div"
        description={controls.quality === '' ? 'not set' : String(controls.quality)}
      >
        <Slider
          mt={8}
          min={1}
          max={100}
          label={null}
          thumbLabel="quality"
          disabled={!lossy.has(controls.format)}
          value={controls.quality === '' ? 80 : controls.quality}
          onChange={(quality) => set({ quality })}
        />
      </Input.Wrapper>
      <ColorInput
        label="background-color"
        placeholder="not set"
        format="hex"
        swatches={['#ffffff', '#000000', '#0c6b6a', '#8d4e0a', '#e1e6e6', '#2f3838']}
        eyeDropperButtonProps={{ 'aria-label': 'Pick a colour from the screen' }}
        value={controls.backgroundColor}
        onChange={(backgroundColor) => set({ backgroundColor })}
      />
      <Switch
        label="download"
        description="Browsers then store the picture in place of showing it."
        checked={controls.download}
        onChange={(event) => set({ download: event.currentTarget.checked })}
      />
      {controls.download && (
        <TextInput
          label="File name"
          placeholder="the object's own"
          value={controls.downloadName}
          onChange={(event) => set({ downloadName: event.currentTarget.value })}
        />
      )}
      <Button variant="default" onClick={() => onChange(noControls)}>
        Reset
      </Button>
    </Stack>
  );
};
