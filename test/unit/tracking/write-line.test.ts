import { expect, it } from 'vitest';
import { makeWriteLine } from '#shared/adapters/write-line';

function aWriter(isMainThread: boolean, isFull = false) {
  const written: string[] = [];
  const writeLine = makeWriteLine({
    isMainThread,
    stream: { write: (text) => written.push(`stream ${text}`) },
    writeSync: (descriptor, text) => {
      if (isFull) throw Object.assign(new Error('full'), { code: 'EAGAIN' });
      written.push(`${descriptor} ${text}`);
    },
  });
  writeLine('line');
  return written;
}

it('writes a line straight to standard output', () => {
  expect(aWriter(true)).toEqual(['1 line']);
});

it('leaves a line to the stream when the pipe is full', () => {
  expect(aWriter(true, true)).toEqual(['stream line']);
});

it('leaves a line to the stream in a thread, whose output its parent carries', () => {
  expect(aWriter(false)).toEqual(['stream line']);
});
