import { Button, Table, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { formatBytes, plural } from '../../../lib/format.ts';
import { loadPicture } from '../../../lib/load-picture.ts';
import { Copy } from '../../../ui/copy.tsx';
import type { CandidateSet } from './use-candidates.ts';

/** Bytes and pixels of a candidate, as it is served. */
const weigh = async (url: string, signal: AbortSignal) => {
  const { bytes, objectUrl } = await loadPicture(url, signal);
  try {
    const image = new Image();
    image.src = objectUrl;
    await image.decode();
    return { bytes, width: image.naturalWidth, height: image.naturalHeight };
  } finally {
    URL.revokeObjectURL(objectUrl);
  }
};

/** Every candidate with its URL; its pixels and bytes when they are asked for, since each of them has to be made. */
export const CandidateTable = ({ sets }: { sets: readonly CandidateSet[] }) => {
  const [asked, setAsked] = useState(false);
  const rows = sets.flatMap(({ format, candidates }) =>
    candidates.map((candidate) => ({ ...candidate, format })),
  );
  const weights = useQueries({
    queries: rows.map(({ url }) => ({
      queryKey: ['candidate-weight', url],
      queryFn: ({ signal }: { signal: AbortSignal }) => weigh(url, signal),
      enabled: asked,
      staleTime: Infinity,
      retry: false,
    })),
  });
  const known = weights.flatMap(({ data }) => data ?? []);
  const total = known.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <>
      <Table.ScrollContainer minWidth={320}>
        <Table fz="sm" aria-label="Candidates">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Candidate</Table.Th>
              <Table.Th>Pixels</Table.Th>
              <Table.Th>Bytes</Table.Th>
              <Table.Th>
                <span className="wl-visually-hidden">Copy</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ url, descriptor, format }, index) => {
              const weight = weights[index];
              const name = `${format === null ? '' : `${format} `}${descriptor}`;
              return (
                <Table.Tr key={`${format} ${descriptor}`}>
                  <Table.Td>
                    <a href={url} target="_blank" rel="noreferrer">
                      {name}
                    </a>
                  </Table.Td>
                  <Table.Td>
                    {weight?.data === undefined ? '' : `${weight.data.width} × ${weight.data.height}`}
                  </Table.Td>
                  <Table.Td>
                    {weight?.data !== undefined && formatBytes(weight.data.bytes)}
                    {weight?.isError === true && 'refused'}
                    {asked && weight?.isPending === true && '…'}
                  </Table.Td>
                  <Table.Td w={40}>
                    <Copy text={url} what={`URL of ${name}`} />
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {asked ? (
        <Text size="sm" role="status" aria-label="Total of the candidates">
          {known.length === rows.length
            ? `${plural(rows.length, 'candidate')}, ${formatBytes(total)} in all.`
            : `${known.length} of ${rows.length} weighed, ${formatBytes(total)} so far.`}
        </Text>
      ) : (
        <Button variant="default" size="xs" w="fit-content" onClick={() => setAsked(true)}>
          Weigh the candidates
        </Button>
      )}
    </>
  );
};
