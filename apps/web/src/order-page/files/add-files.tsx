import { IconCamera, IconFolderPlus, IconPhotoPlus } from '@tabler/icons-react';
import { sourceOfFile, type UploadSource } from '@windlass/transfer';
import { useRef, type ComponentType, type InputHTMLAttributes } from 'react';
import { useOrder, useOrderState } from '../session/session-context.ts';
import { targets } from '../session/missing.ts';
import { words } from '../words.ts';
import { acceptOf, isForPictures, takesPhotos } from './accepted-types.ts';

const chosenOf = (list: FileList | null): UploadSource[] =>
  [...(list ?? [])].map((file) => sourceOfFile(file));

interface PickProps {
  id?: string;
  label: string;
  icon: ComponentType<{ size: number; 'aria-hidden': true }>;
  primary?: boolean;
  input: InputHTMLAttributes<HTMLInputElement> & { webkitdirectory?: '' };
}

/** A button that opens the system's own picker. */
const Pick = ({ id, label, icon: Icon, primary = false, input }: PickProps) => {
  const session = useOrder();
  const ref = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        id={id}
        className="button"
        data-primary={primary || undefined}
        onClick={() => ref.current?.click()}
      >
        <Icon size={20} aria-hidden />
        {label}
      </button>
      <input
        ref={ref}
        {...input}
        type="file"
        hidden
        aria-label={label}
        onChange={(event) => {
          session.choose(chosenOf(event.currentTarget.files));
          // The same file chosen again is a change, too.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
};

/** Phones have no folders to choose, and desktops no camera that anybody would use for this. */
const isTouch = () => matchMedia('(pointer: coarse)').matches;
const takesFolders = () => 'webkitdirectory' in HTMLInputElement.prototype;

/** The ways in which files come: chosen, from the camera, as a folder, or dropped. */
export const AddFiles = () => {
  const { maxFiles, maxFileBytes, types } = useOrderState((state) => state.page);
  const empty = useOrderState((state) => state.files.size === 0);
  const touch = isTouch();
  const accept = acceptOf(types);
  const shared = { multiple: true, ...(accept === undefined ? {} : { accept }) };
  return (
    <div className="add" data-empty={empty || undefined}>
      <div className="row">
        <Pick
          id={targets.files}
          label={isForPictures(types) ? words.files.choose : words.files.chooseAny}
          icon={IconPhotoPlus}
          primary
          input={shared}
        />
        {touch && takesPhotos(types) && (
          <Pick
            label={words.files.camera}
            icon={IconCamera}
            input={{ accept: 'image/*', capture: 'environment' }}
          />
        )}
        {!touch && takesFolders() && (
          <Pick
            label={words.files.folder}
            icon={IconFolderPlus}
            input={{ multiple: true, webkitdirectory: '' }}
          />
        )}
        {!touch && <span className="dim">{words.files.drop}</span>}
      </div>
      <p className="dim">{words.files.limits(maxFiles, maxFileBytes, types)}</p>
    </div>
  );
};
