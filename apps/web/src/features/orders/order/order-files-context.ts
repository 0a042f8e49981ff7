import { createContext, useContext } from 'react';
import type { SignFiles } from './sign-files.ts';

interface OrderFiles {
  /** For showing in the page. */
  inline: SignFiles;
  /** For saving under its own name. */
  attachment: SignFiles;
}

export const OrderFilesContext = createContext<OrderFiles | null>(null);

/** @throws outside an order's page. */
export const useOrderFiles = (): OrderFiles => {
  const files = useContext(OrderFilesContext);
  if (files === null) throw new Error('useOrderFiles is for what is inside an order’s page');
  return files;
};
