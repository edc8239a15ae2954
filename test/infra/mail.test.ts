import { describe, expect, it } from 'vitest';
import { functionId, resourcesOf, type Statement, synthesise } from './synthesised.ts';

const { stateful, stateless } = synthesise();
const set = Object.entries(resourcesOf(stateful, 'AWS::SES::ConfigurationSet'));
const [destination] = Object.values(resourcesOf(stateful, 'AWS::SES::ConfigurationSetEventDestination'));

describe('mail', () => {
  it('goes out with one configuration set, whose suppression list is this system alone', () => {
    expect(set).toHaveLength(1);
    expect(set[0]![1].Properties).toMatchObject({
      SuppressionOptions: { SuppressedReasons: [] },
      ReputationOptions: { ReputationMetricsEnabled: false },
    });
  });

  it('goes out with no other, and from no other sender', () => {
    const statements = Object.values(resourcesOf(stateless, 'AWS::IAM::Role')).flatMap(({ Properties }) =>
      ((Properties.Policies ?? []) as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(
        ({ PolicyDocument }) => PolicyDocument.Statement,
      ),
    );
    const sending = statements.filter(({ Action }) => [Action].flat().includes('ses:SendEmail'));
    expect(sending.length).toBeGreaterThan(0);
    for (const { Resource, Condition } of sending) {
      const resources = [Resource].flat().map((one) => JSON.stringify(one));
      const kinds = resources.map((one) => /:(identity|configuration-set)\//.exec(one)?.[1]);
      expect(kinds.toSorted()).toEqual(['configuration-set', 'identity', 'identity']);
      expect(resources.join()).not.toMatch(/\/\*/);
      expect(Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'partners@example.com' } });
    }
  });

  it('that came back, or that somebody complained about, is told of on the default event bus', () => {
    expect(destination!.Properties).toMatchObject({
      ConfigurationSetName: { Ref: set[0]![0] },
      EventDestination: { Enabled: true, MatchingEventTypes: ['bounce', 'complaint'] },
    });
    const { EventDestination } = destination!.Properties as {
      EventDestination: { EventBridgeDestination: { EventBusArn: unknown } };
    };
    expect(JSON.stringify(EventDestination.EventBridgeDestination.EventBusArn)).toContain(':event-bus/default');
  });

  it('is reported on to one function, and only mail of this installation', () => {
    const rules = Object.values(resourcesOf(stateless, 'AWS::Events::Rule')).filter(({ Properties }) =>
      JSON.stringify(Properties.EventPattern).includes('aws.ses'),
    );
    expect(rules).toHaveLength(1);
    const { EventPattern, EventBusName, Targets } = rules[0]!.Properties as Record<string, unknown>;
    expect(EventBusName).toBeUndefined();
    expect(EventPattern).toMatchObject({
      source: ['aws.ses'],
      'detail-type': ['Email Bounced', 'Email Complaint Received'],
      detail: { mail: { tags: { 'ses:configuration-set': [{ 'Fn::ImportValue': expect.stringContaining('Mail') }] } } },
    });
    expect(Targets).toMatchObject([
      {
        Arn: { 'Fn::GetAtt': [functionId(stateless, 'record-mail-feedback'), 'Arn'] },
        DeadLetterConfig: { Arn: expect.anything() },
      },
    ]);
  });
});
