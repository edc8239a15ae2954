import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SHARED_STACKS } from './local-stack.ts';
import { removeFolder } from './remove-folder.ts';
import { stackFolder } from './stack-folder.ts';

const POLL_MS = 50;
const PATIENCE_MS = 10_000;

/** Says to the workers where their shared stacks live, and ends those when all files are done. */
export default function setup(): () => Promise<void> {
  const folder = stackFolder('tallystick-shared-');
  process.env[SHARED_STACKS] = folder;
  return async () => {
    await Promise.all(readdirSync(folder).map((name) => end(join(folder, name, 'host.lock'))));
    removeFolder(folder);
  };
}

/** A host removes its lock when it has ended. */
async function end(lock: string): Promise<void> {
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split(' ')[0]);
  const deadline = Date.now() + PATIENCE_MS;
  for (let signal: NodeJS.Signals | 0 = 'SIGTERM'; isSent(pid, signal); signal = 0) {
    if (Date.now() > deadline) return void isSent(pid, 'SIGKILL');
    await pause(POLL_MS);
  }
}

function isSent(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
