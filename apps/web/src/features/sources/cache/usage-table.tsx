import { Table } from '@mantine/core';
import { formatBytes } from '../../../lib/format.ts';
import { outcomes, outcomeWords, type UsagePoint } from './usage-series.ts';

/** What the graphs show, as numbers; hours without a request are left out. */
export const UsageTable = ({ points }: { points: readonly UsagePoint[] }) => (
  <Table.ScrollContainer minWidth={760}>
    <Table fz="xs" aria-label="Usage in numbers">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>When</Table.Th>
          <Table.Th>Requests</Table.Th>
          {outcomes.map((outcome) => (
            <Table.Th key={outcome}>{outcomeWords[outcome]}</Table.Th>
          ))}
          <Table.Th>Hit ratio</Table.Th>
          <Table.Th>To clients</Table.Th>
          <Table.Th>Of originals</Table.Th>
          <Table.Th>A made picture</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {points
          .filter(({ requests }) => requests > 0)
          .map((point) => (
            <Table.Tr key={point.label}>
              <Table.Th scope="row">{point.label}</Table.Th>
              <Table.Td>{point.requests}</Table.Td>
              {outcomes.map((outcome) => (
                <Table.Td key={outcome}>{point[outcome]}</Table.Td>
              ))}
              <Table.Td>{point.hitPercent === null ? '' : `${point.hitPercent} %`}</Table.Td>
              <Table.Td>{formatBytes(point.bytesOut)}</Table.Td>
              <Table.Td>{formatBytes(point.bytesFromOrigin)}</Table.Td>
              <Table.Td>{point.renderMilliseconds === null ? '' : `${point.renderMilliseconds} ms`}</Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  </Table.ScrollContainer>
);
