import { Annotations, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration.ts';
import { makeAlarms, makeAlarmTopic } from '../constructs/alarms.ts';
import { type Api, makeApi, makeAuthorizer } from '../constructs/api.ts';
import { makeSignIn, type SignIn } from '../constructs/people.ts';
import { makeSlice } from '../constructs/slice.ts';
import type { FunctionDefinition } from '../functions.ts';
import type { StatefulStack } from './stateful-stack.ts';

export type ApiStackProps = StackProps & {
  readonly stateful: StatefulStack;
  readonly configuration: Configuration;
  readonly authorizer: FunctionDefinition;
  readonly functionsDirectory: string;
};

/** What every service hangs on to: the HTTP API with its authorizer, and the one topic that all alarms go to. */
export class ApiStack extends Stack {
  readonly api: Api;
  readonly alarmTopic: Topic;
  /** Where customers and partners reach the installation. */
  readonly publicUrl: string;
  readonly signIn: SignIn;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, { env: props.env, description: 'Tallystick: HTTP API, authorizer and alarm topic' });
    const { stateful, configuration } = props;
    this.alarmTopic = makeAlarmTopic(this, configuration.alarmEmail);
    const http = makeApi(this, makeAlarms(this, this.alarmTopic));
    this.publicUrl = configuration.publicUrl ?? http.apiEndpoint;
    const { publicUrl } = this;
    this.signIn = makeSignIn(this, stateful.people, { configuration, publicUrl });
    const resources = { stack: this, stateful, configuration, publicUrl, signIn: this.signIn };
    const authorizer = makeSlice(this, props.authorizer, resources, props.functionsDirectory);
    this.api = { http, authorizer: makeAuthorizer(authorizer) };
    if (!configuration.alarmEmail) {
      Annotations.of(this).addWarningV2(
        'tallystick:alarms-reach-nobody',
        'Alarms reach nobody: deploy with -c alarmEmail=ops@your.domain, or subscribe to the topic in AlarmTopicArn.',
      );
    }
    new CfnOutput(this, 'ConsoleUrl', { value: `${publicUrl}/console` });
    new CfnOutput(this, 'AlarmTopicArn', { value: this.alarmTopic.topicArn });
  }
}
