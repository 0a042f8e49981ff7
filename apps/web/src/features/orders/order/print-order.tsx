import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import type { Order } from '@windlass/contract';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { PrintSheet } from './print-sheet.tsx';

/** Prints the sheet of an order; it is in the page only while it is printed, since it may have thousands of lines. */
export const PrintOrder = ({ order }: { order: Order }) => {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    if (!printing) return undefined;
    const done = () => setPrinting(false);
    globalThis.addEventListener('afterprint', done, { once: true });
    globalThis.print();
    return () => globalThis.removeEventListener('afterprint', done);
  }, [printing]);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPrinter size={16} />}
        onClick={() => setPrinting(true)}
      >
        Print
      </Button>
      {printing && createPortal(<PrintSheet order={order} />, document.body)}
    </>
  );
};
