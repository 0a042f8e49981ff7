export interface SamplePicture {
  /** File name, e.g. harbour-at-dawn.jpg. */
  name: string;
  contentType: string;
  bytes: Uint8Array;
}
