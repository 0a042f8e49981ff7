import { IconFile } from '@tabler/icons-react';
import type { OrderFile } from '@windlass/contract';
import { useState } from 'react';

type Look = 'waiting' | 'shown' | 'broken';

/** A small picture of a file, made by the image server and asked for when it is about to come into view. */
const Picture = ({ url, type }: { url: string; type: string }) => {
  const [look, setLook] = useState<Look>('waiting');
  return (
    <span className="wl-tile-picture" data-look={look}>
      {look === 'broken' ? (
        <FileMark type={type} />
      ) : (
        <img
          src={url}
          alt=""
          loading="lazy"
          decoding="async"
          referrerPolicy="no-referrer"
          onLoad={() => setLook('shown')}
          onError={() => setLook('broken')}
        />
      )}
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
  chips: readonly string[];
  onOpen: () => void;
}

/** A file of an order: its picture, its name, its options. */
export const FileTile = ({ file, chips, onOpen }: FileTileProps) => (
  <li className="wl-tile">
    <button type="button" className="wl-tile-button" onClick={onOpen}>
      <span className="wl-visually-hidden">Open {file.name}</span>
      {file.thumbnailUrl === null ? (
        <span className="wl-tile-picture">
          <FileMark type={file.type} />
        </span>
      ) : (
        // A URL that was signed anew is another try.
        <Picture key={file.thumbnailUrl} url={file.thumbnailUrl} type={file.type} />
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
