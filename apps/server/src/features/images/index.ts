export {
  createImagesServer,
  type ImageRequestFacts,
  type ImagesServer,
  type ImagesServerDeps,
} from './server.ts';
