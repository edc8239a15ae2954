import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** One host a data directory. A lock left by a killed process is taken over. @throws when another host runs there. */
export function lockDirectory(directory: string): () => void {
  const file = join(directory, 'host.lock');
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, `${process.pid} ${startOf(process.pid) ?? ''}`);
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const [pid, start] = readFileSync(file, 'utf8').split(' ');
      if (isRunning(Number(pid), start)) {
        throw new Error(`Another host (process ${pid}) runs on ${directory}. Stop it, or choose another --data.`);
      }
      rmSync(file, { force: true });
    }
  }
  throw new Error(`Cannot lock ${directory}: another host is starting there.`);
}

function isRunning(pid: number, start: string | undefined): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // Process ids are used again: the same id with another start is not the host that locked.
  return !start || start === startOf(pid) || startOf(process.pid) === undefined;
}

/** Start time of a process in clock ticks since boot (proc(5), field 22), where there is /proc; none for a dead one not yet reaped. */
function startOf(pid: number): string | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
