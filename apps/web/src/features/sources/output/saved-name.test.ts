import { expect, it } from 'vitest';
import { savedName } from './saved-name.ts';

const source = {
  presets: { card: 'width=9&format=avif', small: 'width=5' },
  defaultParameters: 'format=webp',
};

it('ends in the format that the URL asks for', () => {
  expect(savedName(source, 'cats/tom.jpg', { format: 'png' })).toBe('tom.png');
  expect(savedName(source, 'cats/tom.jpg', { format: 'jpeg' })).toBe('tom.jpg');
  expect(savedName(source, 'cats/tom.jpg', { format: 'blurhash' })).toBe('tom.txt');
});

it('asks the presets, then the defaults of the source, and ends in jpg without any', () => {
  expect(savedName(source, 'tom.jpg', { preset: 'card,small' })).toBe('tom.avif');
  expect(savedName(source, 'tom.jpg', { format: '' })).toBe('tom.webp');
  expect(savedName({ presets: {}, defaultParameters: '' }, 'tom.png', {})).toBe('tom.jpg');
});

it('passes over presets that the source does not have', () => {
  expect(savedName(source, 'tom.jpg', { preset: 'gone,constructor' })).toBe('tom.webp');
});

it('ends in nothing where the format depends on who asks', () => {
  expect(savedName(source, 'tom.jpg', { format: 'auto' })).toBe('tom');
});

it('is a name for any path', () => {
  expect(savedName(source, 'a/b/', {})).toBe('picture.webp');
  expect(savedName(source, '.hidden', {})).toBe('.hidden.webp');
  expect(savedName(source, 'a.b.jpg', {})).toBe('a.b.webp');
});
