import aslValidator from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { functionTable } from '#infra/functions';
import { payoutRunDefinition } from '#infra/workflows/payout-run';
import { simulationDefinition } from '#infra/workflows/simulation';
import { tierReviewDefinition } from '#infra/workflows/tier-review';
import { webhookDeliveryDefinition } from '#infra/workflows/webhook-delivery';
import { actionsOf, functionId, resourcesOf, statementsOfRole, synthesise } from './synthesised.ts';

type State = {
  Type: string;
  Resource?: string;
  Arguments?: Record<string, unknown>;
  TimeoutSeconds?: unknown;
  Retry?: { ErrorEquals: string[]; MaxAttempts?: number }[];
  ItemProcessor?: Machine & { ProcessorConfig?: { Mode: string; ExecutionType?: string } };
  MaxConcurrency?: unknown;
  Branches?: Machine[];
  Next?: string;
  Default?: string;
  End?: boolean;
  Choices?: { Next: string }[];
  Catch?: { Next: string }[];
};
type Machine = { QueryLanguage?: string; StartAt: string; States: Record<string, State> };

const { stateless } = synthesise();
const invoked = new Set<string>();
const arns = new Proxy<Record<string, string>>(
  {},
  {
    get: (_target, name) => {
      invoked.add(String(name));
      return `arn:aws:lambda:eu-west-1:111122223333:function:${String(name)}`;
    },
  },
);
const machines: Record<string, Machine> = {
  PayoutRun: payoutRunDefinition(arns) as Machine,
  Simulation: simulationDefinition(arns) as Machine,
  TierReview: tierReviewDefinition(arns) as Machine,
  WebhookDelivery: webhookDeliveryDefinition(arns) as Machine,
};

function inner(state: State): Machine[] {
  return [...(state.ItemProcessor ? [state.ItemProcessor] : []), ...(state.Branches ?? [])];
}

/** Every machine in a machine: itself, what its maps run for an item, and its parallel branches. */
function nested(machine: Machine): Machine[] {
  return [machine, ...Object.values(machine.States).flatMap((state) => inner(state).flatMap(nested))];
}

const statesOf = (machine: Machine): [string, State][] => nested(machine).flatMap((it) => Object.entries(it.States));

describe.each(Object.entries(machines))('the workflow %s', (id, machine) => {
  it('is valid Amazon States Language in JSONata', () => {
    const { isValid, errorsText } = aslValidator(machine, { checkPaths: false });
    expect(isValid, errorsText('\n')).toBe(true);
    expect(machine.QueryLanguage).toBe('JSONata');
  });

  it('has no state that cannot be reached', () => {
    for (const { StartAt, States } of nested(machine)) {
      const named = Object.values(States).flatMap((state) => [
        state.Next,
        state.Default,
        ...(state.Choices ?? []).map(({ Next }) => Next),
        ...(state.Catch ?? []).map(({ Next }) => Next),
      ]);
      expect([...new Set([StartAt, ...named].filter((name) => name !== undefined))].sort()).toEqual(
        Object.keys(States).sort(),
      );
    }
  });

  it('does nothing but call functions, and retries each call a limited number of times', () => {
    for (const [name, state] of statesOf(machine).filter(([, { Type }]) => Type === 'Task')) {
      expect(state.Resource, name).toMatch(/^arn:aws:states:::lambda:invoke(\.waitForTaskToken)?$/);
      expect(state.Retry?.length, name).toBeGreaterThan(0);
      for (const retry of state.Retry ?? []) expect(retry.MaxAttempts, name).toBeLessThanOrEqual(20);
    }
  });

  it('waits for a person no longer than a stated time', () => {
    for (const [name, state] of statesOf(machine)) {
      if (state.Resource?.endsWith('.waitForTaskToken')) expect(state.TimeoutSeconds, name).toBeDefined();
    }
  });

  it('runs distributed maps as Standard children, so that a run can be redriven, with a limit on how many at once', () => {
    for (const [name, state] of statesOf(machine)) {
      if (state.ItemProcessor?.ProcessorConfig?.Mode !== 'DISTRIBUTED') continue;
      expect(state.ItemProcessor.ProcessorConfig.ExecutionType, name).toBe('STANDARD');
      expect(state.MaxConcurrency, name).toBeGreaterThan(0);
    }
  });

  it('may invoke the functions it names, start and follow its own children, deliver its log, and nothing else', () => {
    const [, made] = Object.entries(resourcesOf(stateless, 'AWS::StepFunctions::StateMachine')).find(([it]) =>
      it.startsWith(id),
    )!;
    const role = (made.Properties.RoleArn as { 'Fn::GetAtt': string[] })['Fn::GetAtt'][0]!;
    const statements = statementsOfRole(stateless, role);
    const actions = new Set(statements.flatMap(actionsOf).filter((action) => !action.startsWith('logs:')));
    expect([...actions].sort()).toEqual([
      'lambda:InvokeFunction',
      'states:DescribeExecution',
      'states:RedriveExecution',
      'states:StartExecution',
      'states:StopExecution',
    ]);
    const named = new Set([...JSON.stringify(machine).matchAll(/function:([a-z-]+)/g)].map(([, name]) => name!));
    const allowed = statements.find((statement) => actionsOf(statement).includes('lambda:InvokeFunction'))?.Resource;
    const arnsWanted = [...named].map((name) => ({ 'Fn::GetAtt': [functionId(stateless, name), 'Arn'] }));
    expect([allowed].flat()).toHaveLength(arnsWanted.length);
    expect([allowed].flat()).toEqual(expect.arrayContaining(arnsWanted));
  });

  it('is a Standard workflow that logs errors without the data of its runs', () => {
    const [, made] = Object.entries(resourcesOf(stateless, 'AWS::StepFunctions::StateMachine')).find(([it]) =>
      it.startsWith(id),
    )!;
    expect(made.Properties).toMatchObject({
      StateMachineType: 'STANDARD',
      LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: false },
    });
  });
});

describe('the payout run', () => {
  it('waits for a decision by task token exactly once', () => {
    const waits = statesOf(machines.PayoutRun!).filter(([, state]) => state.Resource?.endsWith('.waitForTaskToken'));
    expect(waits).toHaveLength(1);
    expect(JSON.stringify(waits[0]![1].Arguments)).toContain('$states.context.Task.Token');
  });

  it('looks at the run before each wait and after one whose time is over, and ends it only on what it read', () => {
    const { States } = machines.PayoutRun! as { States: Record<string, State & Record<string, unknown>> };
    expect(States.AwaitDecision).toMatchObject({
      TimeoutSeconds: '{% $states.input.waitSeconds %}',
      Catch: [
        { ErrorEquals: ['States.Timeout', 'DecisionStored'], Next: 'Remind' },
        { ErrorEquals: ['States.ALL'], Next: 'RecordFailure' },
      ],
      Next: 'WhatNext',
    });
    const never = States.AwaitDecision?.Retry?.[0];
    expect(never).toEqual({ ErrorEquals: ['States.Timeout', 'DecisionStored'], MaxAttempts: 0 });
    expect(States.Remind?.Next).toBe('WhatNext');
    expect(States.WhatNext).toMatchObject({
      Choices: [{ Next: 'AwaitDecision' }, { Next: 'Post' }, { Next: 'Reject' }],
    });
    expect(States.WhatNext?.Default).toBe('Expire');
    const leadTo = (name: string) =>
      Object.entries(States).filter(([, { Next, Default, Choices = [], Catch = [] }]) =>
        [Next, Default, ...[...Choices, ...Catch].map((one) => one.Next)].includes(name),
      );
    expect(leadTo('AwaitDecision').map(([name]) => name)).toEqual(['WhatNext']);
    expect(leadTo('Expire').map(([name]) => name)).toEqual(['WhatNext']);
  });

  it('ends every failure of a call in the state that records it, which tries longest', () => {
    const { States } = machines.PayoutRun!;
    for (const [name, state] of Object.entries(States)) {
      if (!['Task', 'Map'].includes(state.Type) || name === 'RecordFailure') continue;
      expect(state.Catch?.at(-1), name).toMatchObject({ ErrorEquals: ['States.ALL'], Next: 'RecordFailure' });
    }
    const attempts = (name: string) => Math.max(...(States[name]?.Retry ?? []).map((one) => one.MaxAttempts ?? 0));
    expect(attempts('RecordFailure')).toBe(12);
  });

  it('drains before it computes', () => {
    expect(Object.values(machines.PayoutRun!.States).some(({ Type }) => Type === 'Wait')).toBe(true);
  });
});

describe('the workflows together', () => {
  it('invoke every function declared as their task', () => {
    const tasks = functionTable().filter(({ trigger }) => trigger.kind === 'workflow');
    expect(tasks.map(({ name }) => name).filter((name) => !invoked.has(name))).toEqual([]);
  });
});
