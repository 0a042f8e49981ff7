import { useEffect, useState } from 'react';
import { words } from '../words.ts';

/** A square of modules as one SVG path; black on white in the dark too, or cameras would not read it. */
const pathOf = (modules: readonly (readonly boolean[])[]): string =>
  modules.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');

/** A link for the camera of another device. The encoder comes when it is needed. */
export const QrCode = ({ text }: { text: string }) => {
  const [code, setCode] = useState<{ path: string; size: number } | null>(null);
  useEffect(() => {
    let wanted = true;
    const make = async () => {
      const { encode } = await import('uqr');
      const { data, size } = encode(text, { ecc: 'M', border: 2 });
      if (wanted) setCode({ path: pathOf(data), size });
    };
    // Without it the link is still there to be copied.
    make().catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [text]);
  return (
    <span className="qr">
      {code !== null && (
        <svg
          viewBox={`0 0 ${code.size} ${code.size}`}
          role="img"
          aria-label={words.receipt.qr}
          shapeRendering="crispEdges"
        >
          <rect width={code.size} height={code.size} fill="#fff" />
          <path d={code.path} fill="#000" />
        </svg>
      )}
    </span>
  );
};
