import { Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

const RETRIES = 10;
/** A call later than this is worth less than the next one. */
const MAXIMUM_AGE_SECONDS = 3600;

export type ScheduleProps = {
  /** `rate(...)` or `cron(...)` in UTC: what runs knows the time zones of its programmes. */
  readonly expression: string;
  readonly description: string;
  readonly targetArn: string;
  readonly action: 'lambda:InvokeFunction' | 'states:StartExecution';
  readonly queue: IQueue;
};

/** One schedule with its own role, which may call its target and fill its dead-letter queue. */
export function makeSchedule(scope: Construct, id: string, props: ScheduleProps): void {
  const { expression, description, targetArn, action, queue } = props;
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
    inlinePolicies: {
      schedule: new PolicyDocument({
        statements: [
          new PolicyStatement({ actions: [action], resources: [targetArn] }),
          new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }),
        ],
      }),
    },
  });
  new CfnSchedule(scope, id, {
    description,
    scheduleExpression: expression,
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: targetArn,
      roleArn: role.roleArn,
      input: '{}',
      deadLetterConfig: { arn: queue.queueArn },
      retryPolicy: { maximumRetryAttempts: RETRIES, maximumEventAgeInSeconds: MAXIMUM_AGE_SECONDS },
    },
  });
}
