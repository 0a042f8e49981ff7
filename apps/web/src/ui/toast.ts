import { notifications } from '@mantine/notifications';
import { toProblem } from '../lib/problem.ts';

const closeButtonProps = { 'aria-label': 'Close' };

/** Says that something is done. Mantine's container is a live region, so it is announced. */
export const toastDone = (message: string): void => {
  notifications.show({ message, color: 'teal', autoClose: 4000, role: 'status', closeButtonProps });
};

/** Says that something failed, where no form is there to show it; it stays until closed. */
export const toastProblem = (error: unknown): void => {
  const { title, detail, next } = toProblem(error);
  notifications.show({
    title,
    message: [detail, next].filter((part) => part !== '').join(' '),
    color: 'red',
    autoClose: false,
    closeButtonProps,
  });
};
