import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sniff } from '../../packages/images/src/render/sniff.ts';
import { watchMemory, type MemoryWatch } from '../support/memory-watch.ts';
import { startPictureServer, type PictureServer } from '../support/picture-server.ts';
import { createRawSender, type RawAnswer, type RawSender } from '../support/raw-request.ts';
import { claimAbsurdSizes } from './hostile-pictures/absurd-sizes.ts';
import { makeBombs, makeCostly } from './hostile-pictures/bombs.ts';
import { makePolyglots, makePretenders, payload } from './hostile-pictures/polyglots.ts';
import { drawWholePictures, plain } from './hostile-pictures/whole-pictures.ts';
import { askAllTheWhile, type Neighbour } from './hostile-pictures/neighbour.ts';

const MiB = 1024 * 1024;
/** What a renderer may hold, by default, and what it may gain until the pool's next look, 50 ms later. */
const mostRendererBytes = 512 * MiB + 64 * MiB;

let pictures: PictureServer;
let memory: MemoryWatch;
let sender: RawSender;
let neighbour: Neighbour;
let keys: Record<'bomb' | 'absurd' | 'pretender' | 'polyglot' | 'whole', string[]>;

beforeAll(async () => {
  pictures = await startPictureServer();
  await pictures.addSource({ name: 'hostile' });
  const put = async (folder: string, files: Record<string, Buffer>): Promise<string[]> => {
    const names = Object.keys(files).map((name) => `${folder}/${name}`);
    await Promise.all(Object.entries(files).map(([name, bytes]) => pictures.put(`${folder}/${name}`, bytes)));
    return names;
  };
  const whole = await drawWholePictures();
  const halves = Object.entries(whole).map(([name, bytes]): [string, Buffer] => [
    `half.${name}`,
    bytes.subarray(0, bytes.length / 2),
  ]);
  keys = {
    bomb: await put('bomb', await makeBombs(pictures.server.url)),
    absurd: await put('absurd', await claimAbsurdSizes(whole['heic'] ?? null)),
    pretender: await put('pretender', makePretenders()),
    polyglot: await put('polyglot', await makePolyglots()),
    whole: await put('whole', whole),
  };
  await put('cut', Object.fromEntries(halves));
  await put('costly', { 'large.png': await makeCostly() });
  await put('small', { 'a.png': await plain().png().toBuffer() });
  memory = watchMemory(pictures.server.pid);
  // On a connection of its own: it waits for the server and never for those who ask for bombs.
  sender = createRawSender(pictures.server.imagesUrl, { sockets: 1 });
  neighbour = askAllTheWhile((number) => {
    const target = `/hostile/small/a.png?width=${20 + (number % 200)}`;
    return sender.send({ method: 'GET', target, headers: {} });
  });
});
afterAll(async () => {
  await neighbour?.[Symbol.asyncDispose]();
  sender?.[Symbol.dispose]();
  await memory?.[Symbol.asyncDispose]();
  await pictures?.[Symbol.asyncDispose]();
});

const ask = (target: string): Promise<RawAnswer> =>
  pictures.open(`${pictures.server.imagesUrl}/hostile/${target}`);

const inertTypes =
  /^(image\/(jpeg|png|gif|webp|avif)|text\/plain; charset=utf-8|application\/json; charset=utf-8)$/;

/** Nothing that a browser would run, whatever the bytes are. */
const isInert = ({ headers }: RawAnswer): boolean =>
  headers['x-content-type-options'] === 'nosniff' &&
  headers['content-security-policy'] === "default-src 'none'; sandbox" &&
  inertTypes.test(headers['content-type'] ?? '');

/** One of these statuses, and a line of text that says why. */
const isRefusal = (answer: RawAnswer, statuses: readonly number[]): boolean =>
  isInert(answer) &&
  statuses.includes(answer.status) &&
  answer.headers['content-type'] === 'text/plain; charset=utf-8' &&
  new RegExp(`^${answer.status}: [A-Z].{5,120}\n$`).test(answer.bytes.toString());

const isPicture = (answer: RawAnswer): boolean => isInert(answer) && answer.status === 200;

const isPictureOrRefusal = (answer: RawAnswer): boolean =>
  isPicture(answer) || isRefusal(answer, [413, 415, 422]);

const isClean = (answer: RawAnswer): boolean =>
  isPicture(answer) && !answer.bytes.includes(payload) && !answer.bytes.includes('%PDF');

/** Those that are not as they should be: what a failing test prints. */
const others = (
  answers: readonly [string, RawAnswer][],
  isRight: (answer: RawAnswer) => boolean,
): unknown[] =>
  answers
    .filter(([, answer]) => !isRight(answer))
    .map(([target, { status, headers, bytes }]) => [
      target,
      status,
      headers,
      bytes.toString('latin1', 0, 99),
    ]);

/** Every answer to these keys, by key and query. */
const askEach = (asked: readonly string[], queries: readonly string[]): Promise<[string, RawAnswer][]> =>
  Promise.all(
    asked
      .flatMap((key) => queries.map((query) => (query === '' ? key : `${key}?${query}`)))
      .map(async (target): Promise<[string, RawAnswer]> => [target, await ask(target)]),
  );

describe('a picture that is more than it looks', () => {
  it('is shown where it is whole: the files below are refused for what was done to them', async () => {
    expect(others(await askEach(keys.whole, ['width=100&format=png']), isPicture)).toEqual([]);
  });

  it('of 256 megapixels in a small file is refused, turned or not', async () => {
    const queries = ['', 'width=100', 'orientation=6&width=100', 'flip=vertical&trim=auto', 'format=json'];
    const answers = await askEach(['bomb/pixels.png'], queries);
    expect(others(answers, (answer) => isRefusal(answer, [413]))).toEqual([]);
  });

  it('of ten thousand frames is refused where it would move, and shows its first where it would not', async () => {
    const moving = await askEach(['bomb/frames.gif'], ['format=gif', 'format=webp&width=1']);
    expect(others(moving, (answer) => isRefusal(answer, [413]))).toEqual([]);
    expect(others(await askEach(['bomb/frames.gif'], ['format=png']), isPicture)).toEqual([]);
  });

  it('as a drawing with entities, copies of copies, or anything from outside is refused', async () => {
    const drawings = keys.bomb.filter((key) => key.endsWith('.svg'));
    expect(drawings.length).toBeGreaterThan(6);
    const answers = await askEach(drawings, ['width=100', 'format=json']);
    expect(others(answers, (answer) => isRefusal(answer, [413, 415]))).toEqual([]);
  });

  it('when its notes are inflated is shown or refused', async () => {
    const answers = await askEach(['bomb/text.png', 'bomb/text.pdf'], ['width=50', 'format=json']);
    expect(others(answers, isPictureOrRefusal)).toEqual([]);
  });

  it('and says that it has gigapixels is refused, whatever its format', async () => {
    const answers = await askEach(keys.absurd, ['width=100', 'orientation=6', 'format=json']);
    expect(others(answers, (answer) => isRefusal(answer, [413]))).toEqual([]);
  });
});

it('a picture that is cut off is refused, whatever its format', async () => {
  const cut = keys.whole.map((key) => key.replace('whole/', 'cut/half.'));
  const answers = await askEach(cut, ['', 'width=100', 'format=webp&blur=3']);
  expect(others(answers, (answer) => isRefusal(answer, [400, 415]))).toEqual([]);
});

describe('a file that is two things', () => {
  it('is refused where it only begins as a picture', async () => {
    const answers = await askEach(keys.pretender, ['', 'width=100', 'format=json']);
    expect(others(answers, (answer) => isRefusal(answer, [413, 415]))).toEqual([]);
  });

  it('is only a picture when it comes out', async () => {
    const shown = await askEach(keys.polyglot, ['', 'width=100', 'format=gif', 'strip=all']);
    const told = await askEach(keys.polyglot, ['format=json', 'format=blurhash']);
    const isWhatItSays = (answer: RawAnswer): boolean =>
      isClean(answer) && answer.headers['content-type'] === `image/${sniff(answer.bytes)}`;
    expect(others(shown, isWhatItSays)).toEqual([]);
    expect(others(told, isClean)).toEqual([]);
  });
});

describe('a picture that is costly and within its limits', () => {
  const work = 'trim=auto&blur=100&text=All%20of%20it&text-size=200';

  it('is made', async () => {
    const queries = ['orientation=6&width=2000', `orientation=6&width=1000&${work}`];
    expect(others(await askEach(['costly/large.png'], queries), isPicture)).toEqual([]);
  });

  it('is made or refused where all of it is wanted at once', async () => {
    const answers = await askEach(['costly/large.png'], [`orientation=6&${work}`]);
    expect(others(answers, isPictureOrRefusal)).toEqual([]);
  });
});

describe('meanwhile', () => {
  it('no process below the server held more than a renderer may', () => {
    expect(memory.looks).toBeGreaterThan(50);
    expect(
      memory.processes.filter(({ command }) => command.includes('render/child.ts')).length,
    ).toBeGreaterThan(1);
    expect(memory.processes.filter(({ peakRssBytes }) => peakRssBytes > mostRendererBytes)).toEqual([]);
  });

  it('every small picture of others was made', () => {
    expect(neighbour.statuses.length).toBeGreaterThan(20);
    expect(neighbour.statuses.filter((status) => status !== 200)).toEqual([]);
  });
});
