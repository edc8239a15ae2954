import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const STDOUT = 1;

export type WriteLine = (line: string) => void;

/**
 * Writes one line of log straight to standard output: a stream around it costs more than all else in a redirect.
 * A line shorter than 4 kB goes into a pipe whole or not at all (POSIX, PIPE_BUF); when the pipe is full, or in a thread
 * that has no descriptor of its own, the stream takes it.
 */
export function makeWriteLine(deps: {
  readonly writeSync: (descriptor: number, text: string) => unknown;
  readonly stream: { write(text: string): unknown };
  readonly isMainThread: boolean;
}): WriteLine {
  return (line) => {
    if (!deps.isMainThread) return void deps.stream.write(line);
    try {
      deps.writeSync(STDOUT, line);
    } catch {
      deps.stream.write(line);
    }
  };
}

export const writeLine: WriteLine = makeWriteLine({ writeSync, stream: process.stdout, isMainThread });
