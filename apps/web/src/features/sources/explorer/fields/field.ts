import type { Source } from '@windlass/contract';
import type { ReactNode } from 'react';
import type { CatalogEntry } from '../catalog.ts';

/** What a control for one parameter is given; `control` of its own kind comes beside it. */
export interface FieldProps {
  name: string;
  label: ReactNode;
  description: ReactNode;
  /** What counts while nothing is set. */
  placeholder: string;
  /** As the URL holds it; empty where nothing is set. */
  text: string;
  error: string | undefined;
  /** Undefined leaves the parameter out. */
  onChange: (text: string | undefined) => void;
}

export interface SourceFieldProps extends FieldProps {
  source: Source;
}

export type ControlOf<Kind extends CatalogEntry['parameter']['control']['kind']> = Extract<
  CatalogEntry['parameter']['control'],
  { kind: Kind }
>;
