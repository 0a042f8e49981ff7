import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createImagesScene, samplePictures, type ImagesScene } from './images-scene.ts';

type Pictures = Awaited<ReturnType<typeof samplePictures>>;

/**
 * The scene that the tests of a file share: opened before the first, closed after the last. Before each of them
 * everything is forgotten, and `fill` lays out what they begin with.
 *
 * @returns what is asked of the scene, to be called within a test.
 * @example
 * let scene: ImagesScene;
 * const { get } = imagesSceneOfFile(async (opened, { jpeg }) => {
 *   scene = opened;
 *   await scene.put('a.jpg', jpeg);
 * });
 */
export const imagesSceneOfFile = (
  fill: (opened: ImagesScene, pictures: Pictures) => Promise<void>,
): Pick<ImagesScene, 'get' | 'put' | 'text'> => {
  let scene: ImagesScene;
  let pictures: Pictures;
  beforeAll(async () => {
    scene = await createImagesScene();
    pictures = await samplePictures();
  }, 60_000);
  afterAll(() => scene[Symbol.asyncDispose]());
  beforeEach(async () => {
    await scene.restart();
    await fill(scene, pictures);
  });
  return {
    get: (...asked) => scene.get(...asked),
    put: (...given) => scene.put(...given),
    text: (...asked) => scene.text(...asked),
  };
};
