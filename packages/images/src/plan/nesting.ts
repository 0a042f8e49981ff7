/** A logo on a frame on a picture; deeper is a mistake or an attack. */
const maxDepth = 2;
/** Each one is an original to fetch and to decode. */
const maxPictures = 6;

/**
 * What is wrong with one more overlay; null where nothing is.
 *
 * @param depth of the picture that it is drawn over: 0 for the one that the request names
 * @param pictures overlays so far in the whole tree, with this one
 */
export const nestingProblem = (depth: number, pictures: number): string | null => {
  if (depth >= maxDepth) return `Pictures nest at most ${maxDepth} deep`;
  return pictures > maxPictures ? `A picture is made of at most ${maxPictures} others` : null;
};
