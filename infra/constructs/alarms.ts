import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

const PERIOD = Duration.minutes(5);
/** CloudWatch's own limit for one alarm, the expression included. */
const MAX_METRICS_AN_ALARM = 10;

export type Alarms = {
  /** Goes off when the metric is above the threshold once; silence is good. `whatToDo` reaches the operator's mail. */
  raise(id: string, metric: cloudwatch.IMetric, whatToDo: string, threshold?: number): void;
  /** The sum of several metrics. CloudWatch bills an alarm for each metric it watches. */
  raiseOnAny(id: string, metrics: readonly cloudwatch.IMetric[], whatToDo: string): void;
};

/** The one topic of the installation that alarms go to. */
export function makeAlarmTopic(scope: Construct, email: string | undefined): Topic {
  const topic = new Topic(scope, 'Alarms', { displayName: 'Tallystick alarms', enforceSSL: true });
  // A policy of its own replaces the one that lets everything in the account publish: without this no alarm gets through.
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsOfThisAccount',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  if (email) topic.addSubscription(new EmailSubscription(email));
  return topic;
}

/** The alarms of one stack. */
export function makeAlarms(scope: Construct, topic: ITopic): Alarms {
  const action = new SnsAction(topic);
  const raise: Alarms['raise'] = (id, metric, whatToDo, threshold = 0) => {
    const alarm = new cloudwatch.Alarm(scope, `${id}Alarm`, {
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: whatToDo,
    });
    alarm.addAlarmAction(action);
  };
  return {
    raise,
    raiseOnAny: (id, metrics, whatToDo) => {
      if (metrics.length >= MAX_METRICS_AN_ALARM) throw new Error(`alarm ${id}: split it, it watches too many metrics`);
      const usingMetrics = Object.fromEntries(metrics.map((metric, at) => [`m${at}`, metric]));
      const expression = Object.keys(usingMetrics).join(' + ');
      raise(id, new cloudwatch.MathExpression({ expression, usingMetrics, label: id, period: PERIOD }), whatToDo);
    },
  };
}

export const statistic = { sum: { statistic: 'Sum', period: PERIOD }, max: { statistic: 'Maximum', period: PERIOD } };
