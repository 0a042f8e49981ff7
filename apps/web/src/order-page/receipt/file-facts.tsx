import type { FormField, OrderReceipt } from '@windlass/contract';
import { formatBytes } from '../../lib/format.ts';
import { describeOptions } from '../files/file-options.ts';
import { words } from '../words.ts';

type FactsOfFile = Pick<OrderReceipt['files'][number], 'name' | 'size' | 'checksum' | 'options'>;

interface FileFactsProps {
  files: readonly FactsOfFile[];
  fields: readonly FormField[];
}

/** What was sent, file by file: name, options, size, and the checksum that the bytes can be held against. */
export const FileFacts = ({ files, fields }: FileFactsProps) => {
  const asked = fields.filter(({ scope }) => scope === 'file');
  // Two files of an order may have one name; their places tell them apart, and never change.
  const rows = files.map((file, place) => ({ ...file, key: `${place} ${file.name}` }));
  return (
    <ul className="facts">
      {rows.map(({ key, name, size, checksum, options }) => (
        <li key={key}>
          <span className="facts-name">{name}</span>
          <span className="dim">
            {[describeOptions(asked, options), formatBytes(size)].filter((text) => text !== '').join(' · ')}
          </span>
          <span className="mono dim">
            {checksum === null
              ? words.receipt.noChecksum
              : `${words.receipt.checksum(checksum.algorithm)} ${checksum.value}`}
          </span>
        </li>
      ))}
    </ul>
  );
};
