import type { Machine, State } from './definition.ts';
import { AslError } from './errors.ts';
import type { Visit } from './interpreter.ts';

/** Step Functions quotas (developer guide, "Service quotas"): bytes of an input, result, output, variable or `Assign`. */
const MAX_PAYLOAD_BYTES = 262_144;
/** All variables of an execution together. */
const MAX_VARIABLES_BYTES = 10 * 1024 * 1024;
/** Events of one Standard execution; the last is the one that ends it ("Avoid reaching the history quota"). */
const MAX_HISTORY_EVENTS = 25_000;
const MAX_DEFINITION_BYTES = 1024 * 1024;
const MAX_STATE_NAME = 80;
const MAX_LABEL = 40;
/** Children at once of a Map inside its execution, and of a distributed one. */
const MAX_INLINE_AT_ONCE = 40;
const MAX_DISTRIBUTED_AT_ONCE = 10_000;

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? 'null', 'utf8');

/** @throws AslError States.DataLimitExceeded as the service does */
export function withinLimit<T>(value: T, what: string, limit = MAX_PAYLOAD_BYTES): T {
  const size = bytesOf(value);
  if (size <= limit) return value;
  throw new AslError('States.DataLimitExceeded', `The ${what} has ${size} bytes, above the limit of ${limit}.`);
}

/** Sets the variables that a state assigns: each, those of one `Assign` and those of the whole execution have their limit. */
export function assignVariables({ frame, name }: Visit, assigned: Readonly<Record<string, unknown>>): void {
  for (const [variable, value] of Object.entries(assigned)) withinLimit(value, `variable ${variable}`);
  withinLimit(assigned, `variables that ${name} assigns`);
  const all = { ...frame.variables, ...assigned };
  if (Object.keys(assigned).length > 0) withinLimit(all, 'variables of the execution', MAX_VARIABLES_BYTES);
  frame.variables = all;
}

/** Counts history events as the service does: two a state, and those of its task, iterations or branches. */
export function countEvents({ runtime, frame }: Pick<Visit, 'runtime' | 'frame'>, events: number): void {
  if (runtime.journal.addEvents(frame.scope, events) < MAX_HISTORY_EVENTS) return;
  const text = `The execution reached the maximum number of history events (${MAX_HISTORY_EVENTS}).`;
  throw new AslError('States.Runtime', text, true);
}

/** What the service refuses when a machine is created; one line a problem. */
export function findTooLarge(machine: Machine): string[] {
  const problems: string[] = [];
  const size = bytesOf(machine);
  if (size > MAX_DEFINITION_BYTES) problems.push(`the definition has ${size} bytes, above ${MAX_DEFINITION_BYTES}`);
  const labels = new Set<string>();
  const look = (inner: Machine): void => {
    for (const [name, state] of Object.entries(inner.States ?? {})) {
      if (name.length > MAX_STATE_NAME) problems.push(`state ${name}: its name is above ${MAX_STATE_NAME} characters`);
      problems.push(...mapProblems(state, labels).map((problem) => `state ${name}: ${problem}`));
      for (const machineInside of [...(state.Branches ?? []), ...(state.ItemProcessor ? [state.ItemProcessor] : [])]) {
        look(machineInside);
      }
    }
  };
  look(machine);
  return problems;
}

function mapProblems({ Label, MaxConcurrency, ItemProcessor }: State, labels: Set<string>): string[] {
  const problems: string[] = [];
  if (Label !== undefined) {
    if (Label.length > MAX_LABEL) problems.push(`its Label is above ${MAX_LABEL} characters`);
    if (labels.has(Label)) problems.push(`its Label ${Label} is another's too`);
    labels.add(Label);
  }
  const distributed = ItemProcessor?.ProcessorConfig?.Mode === 'DISTRIBUTED';
  const most = distributed ? MAX_DISTRIBUTED_AT_ONCE : MAX_INLINE_AT_ONCE;
  if (typeof MaxConcurrency === 'number' && MaxConcurrency > most) problems.push(`MaxConcurrency is above ${most}`);
  return problems;
}
