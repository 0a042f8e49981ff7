const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

/** UNIX seconds as an `<input type="datetime-local">` holds them, in this browser's time zone; empty for anything else. */
export const toLocalTime = (seconds: string): string => {
  if (!/^\d{1,11}$/.test(seconds)) return '';
  const time = new Date(Number(seconds) * 1000);
  const day = `${pad(time.getFullYear(), 4)}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;
  return `${day}T${pad(time.getHours())}:${pad(time.getMinutes())}`;
};

/** The value of such an input as UNIX seconds; undefined where it is empty. */
export const fromLocalTime = (local: string): string | undefined => {
  const milliseconds = new Date(local).getTime();
  return Number.isFinite(milliseconds) ? String(Math.floor(milliseconds / 1000)) : undefined;
};
