import { ShownOnce } from '../../../ui/shown-once.tsx';

/** The signing keys of a source, right after they were made. */
export const KeysOnce = ({ keys }: { keys: { secureKey: string; secureSalt: string } }) => (
  <ShownOnce
    about="These keys sign your image URLs. They are shown only now: copy them to where your pages are made."
    secrets={[
      { label: 'Secure key', text: keys.secureKey },
      { label: 'Secure salt', text: keys.secureSalt },
    ]}
  />
);
