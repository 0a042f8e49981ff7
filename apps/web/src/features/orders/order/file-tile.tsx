import { useInViewport } from '@mantine/hooks';
import { IconFile } from '@tabler/icons-react';
import type { OrderFile } from '@windlass/contract';
import { useEffect, useRef, useState } from 'react';
import { drawCovering, loadImage } from './load-image.ts';
import { useOrderFiles } from './order-files-context.ts';

/** CSS pixels of a tile's side at most. */
const side = 200;
type Look = 'waiting' | 'shown' | 'broken';

/** A small picture of a file, made of its original when it comes into view. */
const Picture = ({ file }: { file: OrderFile }) => {
  const { inline, turns } = useOrderFiles();
  const { ref, inViewport } = useInViewport<HTMLSpanElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [look, setLook] = useState<Look>('waiting');
  const wanted = inViewport && look === 'waiting';
  useEffect(() => {
    if (!wanted) return undefined;
    const gone = new AbortController();
    const show = async () => {
      try {
        await turns.take(gone.signal, async () => {
          const image = await loadImage(await inline.urlOf(file.id), gone.signal);
          if (canvas.current !== null) drawCovering(canvas.current, image, side);
          setLook('shown');
        });
      } catch {
        // Scrolled away: asked for again when it comes back. Else it cannot be shown (HEIC, TIFF), and its name is.
        if (!gone.signal.aborted) setLook('broken');
      }
    };
    void show();
    return () => gone.abort();
  }, [wanted, file.id, inline, turns]);
  return (
    <span ref={ref} className="wl-tile-picture" data-look={look}>
      {look === 'broken' ? <FileMark type={file.type} /> : <canvas ref={canvas} aria-hidden="true" />}
    </span>
  );
};

/** In place of a picture: what kind of file it is. */
export const FileMark = ({ type }: { type: string }) => (
  <span className="wl-file-mark">
    <IconFile size={24} stroke={1.4} aria-hidden="true" />
    {type.split('/')[1]?.toUpperCase().slice(0, 12) ?? ''}
  </span>
);

interface FileTileProps {
  file: OrderFile;
  /** Where the connection may not read there is nothing to show. */
  readable: boolean;
  chips: readonly string[];
  onOpen: () => void;
}

/** A file of an order: its picture, its name, its options. */
export const FileTile = ({ file, readable, chips, onOpen }: FileTileProps) => {
  const isPicture = readable && file.deletedAt === null && file.type.startsWith('image/');
  return (
    <li className="wl-tile">
      <button type="button" className="wl-tile-button" onClick={onOpen}>
        <span className="wl-visually-hidden">Open {file.name}</span>
        {isPicture ? (
          <Picture file={file} />
        ) : (
          <span className="wl-tile-picture">
            <FileMark type={file.type} />
          </span>
        )}
      </button>
      <span className="wl-tile-name wl-clip" title={file.name}>
        {file.name}
      </span>
      {chips.length > 0 && (
        <span className="wl-chips">
          {chips.map((chip) => (
            <span key={chip} className="wl-chip">
              {chip}
            </span>
          ))}
        </span>
      )}
    </li>
  );
};
