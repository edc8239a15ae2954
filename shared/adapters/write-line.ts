import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const STDOUT = 1;
/** What a pipe takes whole or not at all (POSIX, PIPE_BUF on Linux). */
const MAX_CHUNK = 4_096;

export type WriteLine = (line: string) => void;

/**
 * Writes lines of log straight to standard output, all of one turn of the loop at once: a write costs as much as half a
 * redirect. The turn ends before anything is waited for, so no line outlasts its request: Lambda freezes an instance only when
 * the next request is asked for. When the pipe is full, or in a thread that has no descriptor of its own, the stream takes them.
 */
export function makeWriteLine(deps: {
  readonly writeSync: (descriptor: number, text: string) => unknown;
  readonly stream: { write(text: string): unknown };
  readonly isMainThread: boolean;
  /** Runs its argument at the end of this turn of the loop. */
  readonly atTurnsEnd: (flush: () => void) => unknown;
}): WriteLine {
  let pending = '';
  const flush = (): void => {
    if (pending === '') return;
    const lines = pending;
    pending = '';
    try {
      deps.writeSync(STDOUT, lines);
    } catch {
      deps.stream.write(lines);
    }
  };
  return (line) => {
    if (!deps.isMainThread) return void deps.stream.write(line);
    if (pending.length + line.length > MAX_CHUNK) flush();
    if (pending === '') deps.atTurnsEnd(flush);
    pending += line;
  };
}

export const writeLine: WriteLine = makeWriteLine({
  writeSync,
  stream: process.stdout,
  isMainThread,
  atTurnsEnd: setImmediate,
});
