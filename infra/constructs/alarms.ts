import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

const PERIOD = Duration.minutes(5);
/** CloudWatch's own limit for one alarm, the expression included. */
const MAX_METRICS_AN_ALARM = 10;

export type Alarms = {
  readonly topic: Topic;
  /** Goes off when the metric is above the threshold once; silence is good. `whatToDo` reaches the operator's mail. */
  raise(id: string, metric: cloudwatch.IMetric, whatToDo: string, threshold?: number): void;
  /** The sum of several metrics. CloudWatch bills an alarm for each metric it watches. */
  raiseOnAny(id: string, metrics: readonly cloudwatch.IMetric[], whatToDo: string): void;
};

/** All alarms of the installation and the topic they go to. */
export function makeAlarms(scope: Construct, email: string | undefined): Alarms {
  const topic = new Topic(scope, 'Alarms', { displayName: 'Tallystick alarms', enforceSSL: true });
  if (email) topic.addSubscription(new EmailSubscription(email));
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
    topic,
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
