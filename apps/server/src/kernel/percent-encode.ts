/**
 * Percent-encodes every byte but the unreserved ones of RFC 3986 2.3: what SigV4 signs (AWS: Create a signed request,
 * UriEncode) and what RFC 8187 takes in a `filename*`. encodeURIComponent leaves five more.
 *
 * @throws URIError for half of a surrogate pair
 * @example percentEncode("it's (1).jpg") // 'it%27s%20%281%29.jpg'
 */
export const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
