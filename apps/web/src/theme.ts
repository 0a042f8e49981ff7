import { createTheme, localStorageColorSchemeManager, type CSSVariablesResolver } from '@mantine/core';

/** Well-water: the one accent. */
const teal = [
  '#e7f6f5',
  '#cfeae8',
  '#a0d6d3',
  '#6cbfbb',
  '#43a8a4',
  '#218f8c',
  '#127d7b',
  '#0c6b6a',
  '#0a5858',
  '#074444',
] as const;

/** Warm: what needs a person. */
const warm = [
  '#fdf1e3',
  '#fae2c6',
  '#f4c58f',
  '#eca756',
  '#e08e2c',
  '#c97716',
  '#a85f0d',
  '#8d4e0a',
  '#733f09',
  '#532d06',
] as const;

/** Near-black greys, a touch of the accent's hue in them. */
const dark = [
  '#d6dcdc',
  '#b3bcbc',
  '#939e9e',
  '#6d7878',
  '#3b4545',
  '#2c3535',
  '#1d2424',
  '#161c1c',
  '#101515',
  '#0a0e0e',
] as const;

const gray = [
  '#f6f8f8',
  '#eef1f1',
  '#e1e6e6',
  '#cfd6d6',
  '#b3bcbc',
  '#8c9797',
  '#5f6b6b',
  '#475252',
  '#2f3838',
  '#1a2121',
] as const;

/** 4 px grid, 8 px radius, system fonts; overlays alone cast a shadow. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  colors: { teal, warm, dark, gray },
  defaultRadius: 8,
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '8px', xl: '8px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Tooltip: {
      defaultProps: { multiline: true, maw: 360, events: { hover: true, focus: true, touch: true } },
    },
    Modal: {
      defaultProps: { centered: true, radius: 8, closeButtonProps: { 'aria-label': 'Close' } },
      styles: { title: { fontSize: '16px', fontWeight: 600 } },
    },
    Button: { defaultProps: { size: 'sm' } },
    Anchor: { defaultProps: { underline: 'always' } },
  },
});

/** Text and lines that Mantine's own variables are too faint for (WCAG 2.2: 4.5 for text, 3 for a control's edge). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#566262',
    '--mantine-color-placeholder': '#6b7676',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': teal[7],
    '--wl-line': gray[2],
    '--wl-ground': '#ffffff',
    '--wl-rail': gray[0],
    '--wl-sunken': gray[1],
    '--wl-ok': '#1f8a4c',
    '--wl-missing': '#c92a2a',
    '--wl-missing-ground': '#fdf0ef',
    '--wl-attention': '#c97716',
    '--wl-attention-text': warm[7],
    '--wl-attention-ground': warm[0],
    '--wl-unknown': '#7a8585',
    '--wl-active': teal[0],
    '--wl-active-text': teal[8],
  },
  dark: {
    '--mantine-color-body': dark[8],
    '--mantine-color-dimmed': '#97a3a3',
    '--mantine-color-placeholder': '#7f8b8b',
    '--mantine-color-error': '#ff8a80',
    '--mantine-color-anchor': teal[3],
    '--wl-line': dark[5],
    '--wl-ground': dark[8],
    '--wl-rail': dark[9],
    '--wl-sunken': dark[7],
    '--wl-ok': '#4cc07d',
    '--wl-missing': '#ff6b6b',
    '--wl-missing-ground': '#2d1616',
    '--wl-attention': '#eca756',
    '--wl-attention-text': warm[2],
    '--wl-attention-ground': '#2a1f10',
    '--wl-unknown': '#8c9797',
    '--wl-active': '#0f2e2d',
    '--wl-active-text': teal[2],
  },
});

/** The key that `public/color-scheme.js` reads before the first paint. */
export const colorSchemes = localStorageColorSchemeManager({ key: 'windlass-color-scheme' });
