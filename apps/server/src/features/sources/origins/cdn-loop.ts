/**
 * RFC 8586: what fetches for others names itself in `CDN-Loop`, so that a web folder which is one of our own sources ends
 * after one turn and not never.
 *
 * @param imagesUrl public origin of the images listener: the one name that all processes of a server share
 * @example cdnLoopOf('https://images.example.com') // 'images.example.com'
 */
export const cdnLoopOf = (imagesUrl: string): string => new URL(imagesUrl).host;

/** Whether a request of the images listener was sent by this server itself. */
export const comesFromOurselves = (cdnLoop: string | undefined, imagesUrl: string): boolean => {
  const own = cdnLoopOf(imagesUrl).toLowerCase();
  // `cdn-info = cdn-id *( OWS ";" OWS parameter )`, separated by commas.
  return (cdnLoop ?? '').split(',').some((info) => info.split(';', 1)[0]?.trim().toLowerCase() === own);
};
