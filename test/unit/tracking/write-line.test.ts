import { expect, it } from 'vitest';
import { makeWriteLine } from '#shared/adapters/write-line';

function aWriter({ isMainThread = true, isFull = false } = {}) {
  const written: string[] = [];
  const ends: (() => void)[] = [];
  const writeLine = makeWriteLine({
    isMainThread,
    stream: { write: (text) => written.push(`stream ${text}`) },
    writeSync: (descriptor, text) => {
      if (isFull) throw Object.assign(new Error('full'), { code: 'EAGAIN' });
      written.push(`${descriptor} ${text}`);
    },
    atTurnsEnd: (flush) => ends.push(flush),
  });
  const endTurn = (): void => {
    for (const flush of ends.splice(0)) flush();
  };
  return { writeLine, written, endTurn };
}

it('writes the lines of a turn of the loop at once, straight to standard output', () => {
  const { writeLine, written, endTurn } = aWriter();
  writeLine('one\n');
  writeLine('two\n');
  expect(written).toEqual([]);
  endTurn();
  expect(written).toEqual(['1 one\ntwo\n']);
  writeLine('three\n');
  endTurn();
  expect(written).toEqual(['1 one\ntwo\n', '1 three\n']);
});

it('gives a pipe no more at once than it takes whole, and cuts no line', () => {
  const { writeLine, written, endTurn } = aWriter();
  const line = `${'x'.repeat(199)}\n`;
  for (let index = 0; index < 50; index += 1) writeLine(line);
  endTurn();
  expect(written.map((text) => text.length - '1 '.length)).toEqual([4_000, 4_000, 2_000]);
  expect(written.every((text) => text.endsWith('\n'))).toBe(true);
});

it('leaves lines to the stream when the pipe is full', () => {
  const { writeLine, written, endTurn } = aWriter({ isFull: true });
  writeLine('line');
  endTurn();
  expect(written).toEqual(['stream line']);
});

it('leaves a line to the stream in a thread, whose output its parent carries', () => {
  const { writeLine, written } = aWriter({ isMainThread: false });
  writeLine('line');
  expect(written).toEqual(['stream line']);
});
