/** A failure inside a workflow. `fatal` ones pass every Retry and Catch, as `States.Runtime` does. */
export class AslError extends Error {
  readonly error: string;
  readonly fatal: boolean;
  constructor(error: string, cause: string, fatal = false) {
    super(cause);
    this.error = error;
    this.fatal = fatal;
  }
}

/** The execution was stopped, timed out or lost a sibling: nothing more may be done or written for this frame. */
export class Aborted extends Error {}

const NOT_ALL = new Set(['States.DataLimitExceeded', 'States.Runtime']);
const TIMEOUTS = new Set(['States.Timeout', 'States.HeartbeatTimeout']);

/** Whether `ErrorEquals` of a Retry or Catch names this error ("Handling errors in Step Functions workflows"). */
export function isNamed(names: readonly string[], error: AslError): boolean {
  if (error.fatal) return false;
  return names.some(
    (name) =>
      name === error.error ||
      (name === 'States.ALL' && !NOT_ALL.has(error.error)) ||
      (name === 'States.TaskFailed' && !NOT_ALL.has(error.error) && !TIMEOUTS.has(error.error)) ||
      (name === 'States.Timeout' && TIMEOUTS.has(error.error)),
  );
}
