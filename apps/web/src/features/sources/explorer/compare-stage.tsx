import { ReactCompareSlider } from 'react-compare-slider';
import type { Dimensions } from './use-original.ts';

interface CompareStageProps {
  /** Object URLs. */
  before: string;
  after: string;
  /** What the left side is: `Original`, `Last settings`. */
  beforeWords: string;
  alt: string;
  /** CSS pixels of the right side. */
  size: Dimensions;
}

/** Two pictures in one frame, with a handle between them that the pointer and the arrow keys move. */
export const CompareStage = ({ before, after, beforeWords, alt, size }: CompareStageProps) => (
  <figure className="wl-compare" style={{ width: size.width, aspectRatio: `${size.width} / ${size.height}` }}>
    <ReactCompareSlider
      itemOne={<img src={before} alt={`${alt}: ${beforeWords}`} />}
      itemTwo={<img src={after} alt={`${alt}: now`} />}
    />
    <figcaption>
      <span>{beforeWords}</span>
      <span>Now</span>
    </figcaption>
  </figure>
);
