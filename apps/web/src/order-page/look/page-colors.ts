import { accentOn } from './accent.ts';

/** The darkest of the light surfaces and the lightest of the dark ones: what reads there reads everywhere on the page. */
export const grounds = { light: '#f2f5f5', dark: '#1d2424' } as const;

/**
 * Puts a lab's colour on the page. Both schemes are set; the style sheet takes the one that the system asks for.
 *
 * @param color `#rrggbb`
 */
export const paintPage = (color: string): void => {
  const { style } = document.documentElement;
  style.setProperty('--lab', color);
  for (const [scheme, ground] of Object.entries(grounds)) {
    const { accent, onAccent } = accentOn(color, ground);
    style.setProperty(`--accent-${scheme}`, accent);
    style.setProperty(`--on-accent-${scheme}`, onAccent);
  }
};
