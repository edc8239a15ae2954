import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration.ts';
import { type Alarms, makeAlarms } from '../constructs/alarms.ts';
import { addRoutes } from '../constructs/api.ts';
import { connectAsyncEdge, isAsynchronous, makeDeadLetters } from '../constructs/async-edges.ts';
import type { Resources } from '../constructs/bindings.ts';
import { makeSlice, type Slice } from '../constructs/slice.ts';
import type { FunctionDefinition } from '../functions.ts';
import type { ApiStack } from './api-stack.ts';
import type { StatefulStack } from './stateful-stack.ts';

export type FunctionsStackProps = StackProps & {
  /** A service, or the workflows. */
  readonly part: string;
  readonly stateful: StatefulStack;
  readonly api: ApiStack;
  readonly configuration: Configuration;
  readonly functions: readonly FunctionDefinition[];
  readonly functionsDirectory: string;
};

/**
 * Functions with what calls them: routes, rules, streams, schedules. It refers to the stateful stack and to the API's, and to no
 * other, so that the stacks of the services can be deployed in any order.
 */
export class FunctionsStack extends Stack {
  protected readonly alarms: Alarms;
  private readonly props: FunctionsStackProps;
  private queue: Queue | undefined;

  constructor(scope: Construct, id: string, props: FunctionsStackProps) {
    super(scope, id, { env: props.env, description: `Tallystick: functions of ${props.part}` });
    this.props = props;
    this.alarms = makeAlarms(this, props.api.alarmTopic);
  }

  protected makeSlices(functions: readonly FunctionDefinition[], more: Pick<Resources, 'machines'> = {}): Slice[] {
    const { stateful, configuration, api, functionsDirectory } = this.props;
    const resources = { stack: this, stateful, configuration, publicUrl: api.publicUrl, signIn: api.signIn, ...more };
    return functions.map((definition) => makeSlice(this, definition, resources, functionsDirectory));
  }

  /** Made with the first that needs it. */
  protected deadLetters(): Queue {
    this.queue ??= makeDeadLetters(this, this.props.part, this.alarms);
    return this.queue;
  }

  /** Routes, and for the asynchronous callers a queue with its alarm: what fails there once is retried, and tells nobody unless it is given up. */
  protected connect(slices: readonly Slice[]): void {
    const { stateful, api, part } = this.props;
    addRoutes(this, api.api, slices);
    const logsOf = (name: string): Slice => {
      const slice = slices.find(({ definition }) => definition.name === name);
      if (!slice) throw new Error(`${part} has no function ${name} whose log could be read`);
      return slice;
    };
    const consumers = slices.filter(({ definition }) => isAsynchronous(definition.trigger));
    for (const slice of consumers) {
      const { tables, bus, mail } = stateful;
      const { configurationSetName } = mail;
      const deadLetters = this.deadLetters();
      connectAsyncEdge(this, slice, logsOf, { tables, bus, configurationSetName, alarms: this.alarms, deadLetters });
    }
  }
}

/** The functions of one service. */
export class ServiceStack extends FunctionsStack {
  constructor(scope: Construct, id: string, props: FunctionsStackProps) {
    super(scope, id, props);
    this.connect(this.makeSlices(props.functions));
  }
}
