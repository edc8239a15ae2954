import { Duration } from 'aws-cdk-lib';
import { type IEventBus, Rule, type RuleProps } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { FilterPattern, SubscriptionFilter } from 'aws-cdk-lib/aws-logs';
import { LambdaDestination } from 'aws-cdk-lib/aws-logs-destinations';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { EVENT_SOURCE } from '#shared/contracts/events';
import type { Trigger } from '../declarations.ts';
import { acknowledge } from './acknowledge.ts';
import { type Alarms, statistic } from './alarms.ts';
import { mailFeedbackPattern } from './mail.ts';
import { makeSchedule } from './schedule.ts';
import { pascalCase, type Slice } from './slice.ts';
import type { Tables } from './tables.ts';

/** The most SQS keeps a message: time for a person to come back from holiday. */
const DEAD_LETTER_DAYS = 14;
/** Lambda's own retries of an asynchronous call, after one and two minutes. */
const CALL_RETRIES = 2;
const EVENT_AGE_HOURS = 6;
/** A batch is halved at each failure, so ten tries end at the one bad record. */
const STREAM_RETRIES = 10;
const STREAM_BATCH = 100;
/** Of records that are gathered: both images of so many sales stay below the 6 MB of a call. */
const GATHERED_BATCH = 500;
const GATHERING_SECONDS = 2;
/** Stream records live a day: a quarter of an hour of delay is a fault, not a rush. */
const STREAM_LATE_MS = 15 * 60 * 1000;

const ASYNCHRONOUS: ReadonlySet<Trigger['kind']> = new Set(['event', 'stream', 'logs', 'hourly', 'mail_feedback']);

/** Whether nobody waits for the answer, so that what fails must be kept. */
export function isAsynchronous(trigger: Trigger): boolean {
  return ASYNCHRONOUS.has(trigger.kind);
}

export type Edges = {
  readonly tables: Tables;
  readonly bus: IEventBus;
  readonly alarms: Alarms;
  /** With which this installation's mail is sent. */
  readonly configurationSetName: string;
  /** Of the stack. */
  readonly deadLetters: sqs.IQueue;
};

/**
 * Connects a function to what calls it asynchronously. Whatever the caller, what could not be handled ends in the stack's
 * dead-letter queue, where each message says whose it is, and one there raises an alarm.
 */
export function connectAsyncEdge(scope: Construct, slice: Slice, logsOf: (name: string) => Slice, edges: Edges): void {
  const { trigger, name } = slice.definition;
  const id = pascalCase(name);
  const queue = edges.deadLetters;
  if (trigger.kind === 'stream') {
    connectStream(scope, slice, edges, trigger, queue);
    return;
  }
  slice.function.configureAsyncInvoke({
    retryAttempts: CALL_RETRIES,
    maxEventAge: Duration.hours(EVENT_AGE_HOURS),
    onFailure: new SqsDestination(queue),
  });
  if (trigger.kind === 'event') {
    const eventPattern = { source: [EVENT_SOURCE], detailType: [...trigger.types] };
    connectRule(scope, slice, { eventBus: edges.bus, eventPattern }, queue);
  } else if (trigger.kind === 'mail_feedback') {
    // Without a bus of its own a rule is on the account's, where other applications' messages are reported as well.
    connectRule(scope, slice, { eventPattern: mailFeedbackPattern(edges.configurationSetName) }, queue);
  } else if (trigger.kind === 'logs') {
    for (const [index, of] of trigger.of.entries()) {
      new SubscriptionFilter(scope, `${id}Subscription${index === 0 ? '' : index + 1}`, {
        logGroup: logsOf(of).logGroup,
        destination: new LambdaDestination(slice.function),
        filterPattern: FilterPattern.literal(trigger.pattern),
      });
    }
  } else if (trigger.kind === 'hourly') {
    makeSchedule(scope, `${id}Schedule`, {
      expression: 'rate(1 hour)',
      description: `Calls ${name}`,
      targetArn: slice.function.functionArn,
      action: 'lambda:InvokeFunction',
      queue,
    });
  }
}

function connectRule(scope: Construct, slice: Slice, rule: RuleProps, deadLetterQueue: sqs.IQueue): void {
  const maxEventAge = Duration.hours(EVENT_AGE_HOURS);
  const options = { deadLetterQueue, retryAttempts: STREAM_RETRIES, maxEventAge };
  const id = `${pascalCase(slice.definition.name)}Rule`;
  new Rule(scope, id, { ...rule, targets: [new LambdaFunction(slice.function, options)] });
}

/** One queue for all asynchronous callers of a stack: CloudWatch bills each queue that is watched, and a message names its function. */
export function makeDeadLetters(scope: Construct, part: string, alarms: Alarms): sqs.Queue {
  const id = `${pascalCase(part)}DeadLetters`;
  const queue = new sqs.Queue(scope, id, {
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(DEAD_LETTER_DAYS),
  });
  acknowledge(queue, { 'AwsSolutions-SQS3': 'This is a dead-letter queue.' });
  alarms.raise(
    id,
    queue.metricApproximateNumberOfMessagesVisible(statistic.max),
    `A function of ${part} gave up on what is in this queue; each message names it. Read its log, mend the cause, then send the messages again (infra/README.md).`,
  );
  return queue;
}

function connectStream(
  scope: Construct,
  slice: Slice,
  edges: Edges,
  { table: tableName, records = [], gathers }: Extract<Trigger, { kind: 'stream' }>,
  queue: sqs.IQueue,
): void {
  const table = edges.tables[tableName];
  const streamArn = table.tableStreamArn;
  if (!streamArn) throw new Error(`function ${slice.definition.name}: table ${tableName} has no stream`);
  slice.role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      resources: [streamArn],
    }),
  );
  const id = pascalCase(slice.definition.name);
  const mapping = new lambda.EventSourceMapping(scope, `${id}Mapping`, {
    target: slice.function,
    eventSourceArn: streamArn,
    startingPosition: lambda.StartingPosition.TRIM_HORIZON,
    batchSize: gathers ? GATHERED_BATCH : STREAM_BATCH,
    ...(gathers ? { maxBatchingWindow: Duration.seconds(GATHERING_SECONDS) } : {}),
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: STREAM_RETRIES,
    onFailure: new SqsDlq(queue),
    // What a consumer does not look at is not delivered, and costs nothing.
    ...(records.length > 0 ? { filters: records.map((record) => lambda.FilterCriteria.filter({ ...record })) } : {}),
  });
  // The mapping is refused when the role cannot read the stream yet.
  mapping.node.addDependency(slice.role);
  edges.alarms.raise(
    `${id}Late`,
    slice.function.metric('IteratorAge', statistic.max),
    `${slice.definition.name} is more than 15 minutes behind its table. Read its log: a record it cannot publish holds up the rest.`,
    STREAM_LATE_MS,
  );
}
