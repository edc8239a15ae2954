import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { type Alarms, statistic } from './alarms.ts';
import { pascalCase, type Slice } from './slice.ts';

/** Requests a second over the whole API, a tenth of the account's default: one installation must not starve others. */
const RATE_PER_SECOND = 1000;
const BURST = 2000;

/** The one HTTP API and who lets callers in: what a stack needs to hang its routes on. */
export type Api = { readonly http: apigateway.HttpApi; readonly authorizer: HttpLambdaAuthorizer };

/** The HTTP API without its routes, so that functions can know its address. */
export function makeApi(scope: Construct, alarms: Alarms): apigateway.HttpApi {
  const api = new apigateway.HttpApi(scope, 'Api', {
    apiName: 'tallystick',
    description: 'Tallystick',
    createDefaultStage: false,
  });
  const log = new LogGroup(scope, 'ApiLog', {
    // Log deliveries to this prefix do not lengthen the account's one log resource policy.
    logGroupName: `/aws/vendedlogs/apis/${Stack.of(scope).stackName}`,
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const stage = new apigateway.HttpStage(scope, 'Stage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: RATE_PER_SECOND, burstLimit: BURST },
  });
  const cfnStage = stage.node.defaultChild as apigateway.CfnStage;
  cfnStage.accessLogSettings = { destinationArn: log.logGroupArn, format: ACCESS_LOG };
  alarms.raise(
    'Api5xx',
    api.metricServerError(statistic.sum),
    'The API answered 5xx. Find the request in the API log by its time, then the log of the function of its route.',
  );
  new CfnOutput(scope, 'ApiUrl', { value: api.apiEndpoint });
  return api;
}

/** Who called from where is left out on purpose: no raw IP address is stored anywhere (design.md, Tracking). */
const ACCESS_LOG = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  authorizerLatencyMs: '$context.authorizer.latency',
  bytes: '$context.responseLength',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
});

/** Asked before every route that is not public. CDK puts it into the stack of the API with the first route that needs it. */
export function makeAuthorizer(slice: Slice): HttpLambdaAuthorizer {
  return new HttpLambdaAuthorizer('Authorizer', slice.function, {
    authorizerName: 'authorize-request',
    responseTypes: [HttpLambdaResponseType.SIMPLE],
    // Without an identity source it also runs when no token was sent. Not cached here: the function itself remembers a caller
    // for at most CALLER_CACHE_MS (30 s), which is how long a revoked key may still be let in.
    identitySource: [],
    resultsCacheTtl: Duration.seconds(0),
  });
}

/**
 * Each slice's route with its integration, in the slice's own stack; every route that is not public asks the authorizer first.
 * `$default` answers what no route knows.
 */
export function addRoutes(scope: Construct, api: Api, slices: readonly Slice[]): void {
  for (const slice of slices) {
    if (slice.definition.trigger.kind === 'unknown_route') addUnknownRoute(scope, api, slice);
    const { route } = slice.definition;
    if (!route) continue;
    const integration = new HttpLambdaIntegration(pascalCase(route.name), slice.function);
    for (const [at, { method, path }] of [route, ...(route.also ?? [])].entries()) {
      const more = route.path === path || at === 0 ? '' : at;
      const made = new apigateway.HttpRoute(scope, `${pascalCase(route.name)}${method}Route${more}`, {
        httpApi: api.http,
        routeKey: apigateway.HttpRouteKey.with(path, apigateway.HttpMethod[method]),
        integration,
        ...(route.access === 'public' ? {} : { authorizer: api.authorizer }),
      });
      if (route.access === 'public') acknowledgePublic(made, `${route.summary}: open to everybody by design.`);
    }
  }
}

function addUnknownRoute(scope: Construct, api: Api, slice: Slice): void {
  const unknown = new apigateway.HttpRoute(scope, 'UnknownRoute', {
    httpApi: api.http,
    routeKey: apigateway.HttpRouteKey.DEFAULT,
    integration: new HttpLambdaIntegration('Unknown', slice.function),
  });
  acknowledgePublic(unknown, 'Answers 404 and reads nothing.');
}

function acknowledgePublic(route: apigateway.HttpRoute, reason: string): void {
  acknowledge(route, { 'AwsSolutions-APIG4': reason });
}
