import type { Finding } from '@windlass/policy/lint';
import type { Tone } from '../lib/tone.ts';

/** What `JsonView` shows, to read as well as to edit. */
export interface JsonViewProps {
  /** The text as a person wrote it; it need not be JSON. */
  value: string;
  /** `Bucket policy`, `CORS`: names the block and the copy button. */
  what: string;
  /** Marked beside the lines they are about. */
  findings?: readonly Finding[];
  /** The statement that decided, counted from 0: its lines are lit. */
  litStatement?: number | null;
  /** `ok` where the lit statement allows, `missing` where it denies. */
  litTone?: Tone;
  /** Lines beyond this are folded until asked for. Editors do not fold. */
  foldAfter?: number;
}
