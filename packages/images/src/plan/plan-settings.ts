import { autoFormats, type AutoFormat } from './accepts.ts';

/** What a source says about its plans. */
export interface PlanSettings {
  /** A query, used where the request sets nothing. */
  defaults: string;
  /** Queries by name. */
  presets: Readonly<Record<string, string>>;
  /** A request may set nothing that decides the picture, but choose presets. */
  presetsOnly: boolean;
  /** Widths and heights, after `dpr`, that a request may ask for; null: any. */
  allowedSizes: readonly number[] | null;
  autoFormats: readonly AutoFormat[];
  /** Largest side that may be asked for, in pixels. */
  maxSide: number;
}

export const defaultPlanSettings: PlanSettings = {
  defaults: '',
  presets: {},
  presetsOnly: false,
  allowedSizes: null,
  autoFormats,
  maxSide: 8192,
};
