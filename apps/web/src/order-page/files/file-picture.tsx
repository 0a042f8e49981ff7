import { IconFile, IconPhoto } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useOrder } from '../session/session-context.ts';
import { useStore } from '../store.ts';
import { words } from '../words.ts';
import { baseName } from './order-file.ts';

const ending = (name: string): string => {
  const last = baseName(name);
  const dot = last.lastIndexOf('.');
  return dot > 0 ? last.slice(dot + 1, dot + 6).toUpperCase() : '';
};

/** A small picture of a file, or of which kind it is where there is none. */
export const FilePicture = ({ id, name, type }: { id: string; name: string; type: string }) => {
  const session = useOrder();
  const preview = useStore(session.previews.store, (previews) => previews.get(id));
  useEffect(() => session.previews.want(id, session.bytesOf(id)), [session, id]);
  if (preview === undefined) return <span className="picture" data-empty />;
  if (preview.kind === 'shown') return <img className="picture" src={preview.url} alt="" decoding="async" />;
  const Icon = type.startsWith('image/') ? IconPhoto : IconFile;
  return (
    <span className="picture" data-empty title={words.files.noPreview}>
      <Icon size={28} aria-hidden />
      <span>{ending(name)}</span>
    </span>
  );
};
