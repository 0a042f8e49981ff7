import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';

/** A box in pixels of what was given to the detector. */
export interface Detection {
  score: number;
  box: { x: number; y: number; width: number; height: number };
}

/** Finds faces in pixels: red, green and blue, a byte each. One call at a time. */
export type Detector = (pixels: Uint8Array, width: number, height: number) => Promise<readonly Detection[]>;

interface Tensor {
  dispose(): void;
}

/** The part of `@vladmandic/face-api` and of the TensorFlow.js inside it that is used here; its own types want a DOM. */
interface FaceApi {
  tf: {
    env(): { setPlatform(name: string, platform: object): void; set(flag: string, value: boolean): void };
    setWasmPaths(path: string, usePlatformFetch: boolean): void;
    setBackend(name: string): Promise<boolean>;
    io: { decodeWeights(bytes: ArrayBuffer, specs: unknown): unknown };
    tensor3d(values: Int32Array, shape: [number, number, number], type: 'int32'): Tensor;
  };
  env: { setEnv(environment: object): void };
  nets: { ssdMobilenetv1: { loadFromWeightMap(weights: unknown): Promise<void> } };
  SsdMobilenetv1Options: new (options: { minConfidence: number; maxResults: number }) => object;
  detectAllFaces(input: Tensor, options: object): PromiseLike<readonly Detection[]>;
}

const packages = createRequire(import.meta.url);
const readPackageFile = (path: string): Buffer => readFileSync(packages.resolve(path));

/**
 * The browser's bundle. Its build for Node wants TensorFlow's native addon, and this one takes Node for a browser
 * without `TextEncoder`, or for a Node with `require`; so it is compiled as a function in which the names that it
 * tells Node and browsers apart by are parameters, and all are undefined. Nothing global is changed.
 */
const runBundle = (): FaceApi => {
  const source = readPackageFile('@vladmandic/face-api/dist/face-api.js').toString('utf8');
  const hidden = ['process', 'require', 'global', 'window', 'document', 'importScripts'];
  const make = compileFunction(`${source}\nreturn faceapi;`, ['self', ...hidden], {
    filename: 'face-api.js',
  });
  // The bundle's value is what its package documents; FaceApi above is the part of it that is used.
  return make({}) as FaceApi;
};

const isTypedArray = (value: unknown): boolean => ArrayBuffer.isView(value) && !(value instanceof DataView);

const absent = (): never => {
  throw new Error('The face detector asked for a browser');
};
/** Nothing is one of these. */
class Absent {
  readonly element = false;
}

/** Stands in for a browser: the one thing that is ever fetched is the module with the mathematics, from our own disk. */
const settle = ({ tf, env }: FaceApi): void => {
  const wasm = readPackageFile('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm');
  tf.env().setPlatform('renderer', {
    fetch: async () => ({ ok: true, arrayBuffer: async () => wasm }),
    now: () => performance.now(),
    encode: (text: string) => new TextEncoder().encode(text),
    decode: (bytes: Uint8Array, encoding: string) => new TextDecoder(encoding).decode(bytes),
    isTypedArray,
  });
  // A renderer does one job on one core, and the threaded module wants workers.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  tf.setWasmPaths('tfjs-backend-wasm-simd.wasm', true);
  const elements = {
    Canvas: Absent,
    CanvasRenderingContext2D: Absent,
    Image: Absent,
    ImageData: Absent,
    Video: Absent,
  };
  const makers = { createCanvasElement: absent, createImageElement: absent, createVideoElement: absent };
  env.setEnv({ ...elements, ...makers, fetch: absent, readFile: absent });
};

const loadWeights = async ({ tf, nets }: FaceApi): Promise<void> => {
  const model = '@vladmandic/face-api/model/ssd_mobilenetv1_model';
  // The manifest belongs to the package that is pinned: a list of groups, each with its weights.
  const groups = JSON.parse(readPackageFile(`${model}-weights_manifest.json`).toString('utf8')) as {
    weights: unknown[];
  }[];
  const bytes = new Uint8Array(readPackageFile(`${model}.bin`));
  await nets.ssdMobilenetv1.loadFromWeightMap(
    tf.io.decodeWeights(
      bytes.buffer,
      groups.flatMap(({ weights }) => weights),
    ),
  );
};

const maxFaces = 100;
const minConfidence = 0.5;

/**
 * Loads the detector: SSD over MobileNet v1, 5.6 MB, which its package ships. Takes about 170 ms of CPU and 75 MB, the
 * first detection 600 ms, each later one 310 ms. TensorFlow.js in plain JavaScript takes 6,200 ms for the same, hence
 * its WebAssembly. The package's tiny model takes 95 ms but misses one face in six of the package's own samples.
 */
export const loadDetector = async (): Promise<Detector> => {
  const faceApi = runBundle();
  settle(faceApi);
  if (!(await faceApi.tf.setBackend('wasm'))) throw new Error('The face detector did not start');
  await loadWeights(faceApi);
  const options = new faceApi.SsdMobilenetv1Options({ minConfidence, maxResults: maxFaces });
  return async (pixels, width, height) => {
    const tensor = faceApi.tf.tensor3d(new Int32Array(pixels), [height, width, 3], 'int32');
    try {
      return await faceApi.detectAllFaces(tensor, options);
    } finally {
      tensor.dispose();
    }
  };
};
