import { rmSync } from 'node:fs';

const TRIES = 20;
const PAUSE_MS = 100;

/**
 * Removes a folder in which a process that is just ending may still write: a file that appears while the others are removed makes
 * the folder "not empty", and the removal is tried again.
 */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: TRIES, retryDelay: PAUSE_MS });
}
