import { AslError } from './errors.ts';
import type { Visit } from './interpreter.ts';

/** Step Functions quotas: bytes of an input, result or output, and events of one Standard execution. */
const MAX_PAYLOAD_BYTES = 262_144;
const MAX_HISTORY_EVENTS = 25_000;

/** @throws AslError States.DataLimitExceeded as the service does */
export function withinLimit<T>(value: T, what: string): T {
  const size = Buffer.byteLength(JSON.stringify(value) ?? 'null', 'utf8');
  if (size <= MAX_PAYLOAD_BYTES) return value;
  throw new AslError(
    'States.DataLimitExceeded',
    `The ${what} has ${size} bytes, above the limit of ${MAX_PAYLOAD_BYTES}.`,
  );
}

/** Counts history events about as the service does: two a state, and those of its task, iterations or branches. */
export function countEvents(visit: Visit, events: number): void {
  if (visit.runtime.journal.addEvents(visit.frame.scope, events) <= MAX_HISTORY_EVENTS) return;
  const text = `The execution reached the maximum number of history events (${MAX_HISTORY_EVENTS}).`;
  throw new AslError('States.Runtime', text, true);
}
