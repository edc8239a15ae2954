export type Retrier = {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  MaxAttempts?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: string;
};
export type Catcher = { ErrorEquals: string[]; Next: string; Assign?: object; Output?: unknown };
export type ChoiceRule = { Condition: string | boolean; Next: string; Assign?: object; Output?: unknown };
type Maybe<T> = T | string | undefined;

export type State = {
  Type: string;
  QueryLanguage?: string;
  Next?: string;
  End?: boolean;
  Output?: unknown;
  Assign?: object;
  Resource?: string;
  Arguments?: unknown;
  TimeoutSeconds?: Maybe<number>;
  HeartbeatSeconds?: Maybe<number>;
  Retry?: Retrier[];
  Catch?: Catcher[];
  Choices?: ChoiceRule[];
  Default?: string;
  Seconds?: Maybe<number>;
  Timestamp?: string;
  Error?: string;
  Cause?: string;
  Items?: unknown;
  ItemSelector?: unknown;
  ItemProcessor?: Machine & { ProcessorConfig?: { Mode?: string; ExecutionType?: string } };
  ItemBatcher?: { MaxItemsPerBatch?: Maybe<number>; BatchInput?: unknown };
  MaxConcurrency?: Maybe<number>;
  ToleratedFailurePercentage?: Maybe<number>;
  ToleratedFailureCount?: Maybe<number>;
  Label?: string;
  Branches?: Machine[];
};
export type Machine = {
  StartAt: string;
  States: Record<string, State>;
  QueryLanguage?: string;
  TimeoutSeconds?: number;
};

export const INVOKE = 'arn:aws:states:::lambda:invoke';
export const INVOKE_FOR_TOKEN = `${INVOKE}.waitForTaskToken`;

const COMMON = 'Type Comment QueryLanguage';
const GOING_ON = `${COMMON} Next End Output Assign`;
const FIELDS: Readonly<Record<string, string>> = {
  Task: `${GOING_ON} Resource Arguments TimeoutSeconds HeartbeatSeconds Retry Catch`,
  Map: `${GOING_ON} Items ItemSelector ItemProcessor ItemBatcher MaxConcurrency ToleratedFailurePercentage ToleratedFailureCount Label Retry Catch`,
  Parallel: `${GOING_ON} Branches Arguments Retry Catch`,
  Choice: `${COMMON} Choices Default Output Assign`,
  Wait: `${GOING_ON} Seconds Timestamp`,
  Pass: GOING_ON,
  Succeed: `${COMMON} Output`,
  Fail: `${COMMON} Error Cause`,
};
const PARTS: Readonly<Record<string, string>> = {
  Retry: 'ErrorEquals IntervalSeconds MaxAttempts BackoffRate MaxDelaySeconds JitterStrategy Comment',
  Catch: 'ErrorEquals Next Assign Output Comment',
  Choices: 'Condition Next Assign Output Comment',
};

/**
 * Refuses what the interpreter would not run as AWS does: another query language, an unknown state type, field, resource
 * or processor mode, each by the state's name.
 * @returns one line a problem; empty when the machine can run.
 */
export function findUnknown(machine: Machine, inherited?: string): string[] {
  const language = machine.QueryLanguage ?? inherited ?? 'JSONPath';
  const problems: string[] = [];
  if (!machine.States?.[machine.StartAt]) problems.push(`StartAt ${machine.StartAt} is not a state`);
  for (const [name, state] of Object.entries(machine.States ?? {})) {
    const fields = FIELDS[state.Type];
    if (!fields) {
      problems.push(`state ${name}: type ${state.Type} is not known`);
      continue;
    }
    const say = (problem: string): number => problems.push(`state ${name}: ${problem}`);
    if ((state.QueryLanguage ?? language) !== 'JSONata') say('only JSONata is known');
    for (const field of strangers(state, fields)) say(`field ${field} of ${state.Type} is not known`);
    for (const [part, known] of Object.entries(PARTS)) {
      for (const item of (state[part as 'Retry'] ?? []) as object[]) {
        for (const field of strangers(item, known)) say(`field ${field} of ${part} is not known`);
      }
    }
    if (state.Type === 'Task' && state.Resource !== INVOKE && state.Resource !== INVOKE_FOR_TOKEN) {
      say(`resource ${state.Resource} is not known`);
    }
    if (state.Type === 'Task') {
      for (const field of strangers(state.Arguments ?? {}, 'FunctionName Payload'))
        say(`argument ${field} is not known`);
    }
    if (state.ItemBatcher) {
      for (const field of strangers(state.ItemBatcher, 'MaxItemsPerBatch BatchInput'))
        say(`${field} of ItemBatcher is not known`);
    }
    for (const next of [
      state.Next,
      state.Default,
      ...[...(state.Choices ?? []), ...(state.Catch ?? [])].map((to) => to.Next),
    ]) {
      if (next !== undefined && !machine.States[next]) say(`goes to ${next}, which is not a state`);
    }
    for (const inner of state.Branches ?? []) problems.push(...findUnknown(inner, language));
    if (state.ItemProcessor) {
      const { Mode = 'INLINE', ExecutionType = 'STANDARD' } = state.ItemProcessor.ProcessorConfig ?? {};
      if (Mode !== 'INLINE' && Mode !== 'DISTRIBUTED') say(`processor mode ${Mode} is not known`);
      if (ExecutionType !== 'STANDARD') say(`execution type ${ExecutionType} is not known`);
      problems.push(...findUnknown(state.ItemProcessor, language));
    }
  }
  return problems;
}

function strangers(value: object, known: string): string[] {
  const names = new Set(known.split(' '));
  return Object.keys(value).filter((key) => !names.has(key));
}
