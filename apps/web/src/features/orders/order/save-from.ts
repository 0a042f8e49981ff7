/**
 * Has the browser save what an address answers with, under the name that the answer gives (Content-Disposition). The
 * page stays.
 */
export const saveFrom = (url: string, name = ''): void => {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.rel = 'noreferrer';
  document.body.append(link);
  link.click();
  link.remove();
};
