import { useMemo } from 'react';
import { encode } from 'uqr';

interface QrCodeProps {
  text: string;
  /** What it leads to, for who cannot see it: `QR code of the order page`. */
  label: string;
  /** CSS pixels of a side. */
  size?: number;
}

/** Four modules of quiet zone (ISO/IEC 18004, 6.3.8); dark on light in both colour schemes, or cameras do not read it. */
const border = 4;

/** One path for all dark modules: a square a module. */
const pathOf = (data: readonly (readonly boolean[])[]): string =>
  data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');

/** An address as a QR code that any phone's camera opens. */
export const QrCode = ({ text, label, size = 176 }: QrCodeProps) => {
  const code = useMemo(() => encode(text, { ecc: 'M', border }), [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${code.size} ${code.size}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
      style={{ display: 'block', borderRadius: 8 }}
    >
      <rect width={code.size} height={code.size} fill="#ffffff" />
      <path d={pathOf(code.data)} fill="#000000" />
    </svg>
  );
};
