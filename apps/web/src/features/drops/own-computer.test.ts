import { expect, it } from 'vitest';
import { isOwnComputer } from './own-computer.ts';

it.each([
  'http://localhost:7400/o/prints',
  'http://LOCALHOST/',
  'http://lab.localhost:7400/',
  'http://127.0.0.1:7400/',
  'http://127.1/',
  'http://[::1]:7400/',
  'http://[0:0:0:0:0:0:0:1]/',
])('%s opens on the computer itself alone', (url) => {
  expect(isOwnComputer(url)).toBe(true);
});

it.each([
  'https://orders.example.com/o/prints',
  'http://192.168.1.5:7400/',
  'https://localhost.example.com/',
  'https://notlocalhost/',
  'https://127.0.0.1.example.com/',
  'http://[2001:db8::1]/',
])('%s leads elsewhere', (url) => {
  expect(isOwnComputer(url)).toBe(false);
});
