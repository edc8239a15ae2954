import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import findMyWay, { type HTTPMethod } from 'find-my-way';
import { AwsError } from './aws-error.ts';
import { type HttpEvent, makeHttpEvent } from './http-event.ts';
import type { Lambda } from './lambda.ts';
import type { Model, Resource } from './model.ts';
import { readBody } from './services.ts';

/** Quotas of HTTP APIs: 10 MB a request, 10,240 bytes of request line and headers, 30 seconds an integration. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const MAX_HEADER_BYTES = 10_240;
const MAX_TIMEOUT_MS = 30_000;
/** Longer than clients keep idle connections, so that none is closed under a request being sent. */
const KEEP_ALIVE_MS = 65_000;
const METHODS: HTTPMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

type Authorizer = { functionArn: string; identitySource: string[]; routeArn: string };
type Route = { key: string; functionArn: string; timeoutMs: number; authorizer: Authorizer | undefined };
type Result = {
  statusCode?: number;
  headers?: Record<string, string | number | boolean>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
};

/** The template's HTTP API: routes to functions with payload format 2.0. @throws on an API it does not serve, by name. */
export function makeHttpApi(model: Model, lambda: Lambda): Server {
  const apis = model.ofType('AWS::ApiGatewayV2::Api');
  if (apis.length > 1) throw new Error(`Two HTTP APIs (${apis.map((api) => api.logicalId).join(', ')}): one is served`);
  const router = findMyWay({ maxParamLength: 2048 });
  let fallback: Route | undefined;
  for (const declared of model.ofType('AWS::ApiGatewayV2::Route')) {
    const route = readRoute(model, declared);
    if (route.key === '$default') {
      fallback = route;
      continue;
    }
    const [method = '', path = ''] = route.key.split(' ');
    const pattern = path.replaceAll(/\{(\w+)\+\}/g, '*').replaceAll(/\{(\w+)\}/g, ':$1');
    router.on(method === 'ANY' ? METHODS : (method as HTTPMethod), pattern, () => {}, route);
  }

  return createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const [path = '/', query = ''] = splitOnce(request.url ?? '/', '?');
    // As API Gateway answers: an address that cannot be decoded reaches no function.
    if (!isDecodable(path)) return sendMessage(response, 400, 'Bad Request');
    const found = router.find(request.method as HTTPMethod, path);
    const route = (found?.store as Route | undefined) ?? fallback;
    if (!route) return sendMessage(response, 404, 'Not Found');
    handle(lambda, model, route, found?.params ?? {}, path, query, request, response).catch((error: unknown) => {
      const tooLarge = error instanceof AwsError && error.status === 413;
      if (response.headersSent) response.destroy();
      else if (tooLarge) sendMessage(response, 413, 'Request Entity Too Large');
      else sendMessage(response, 500, 'Internal Server Error');
    });
  });
}

function readRoute(model: Model, declared: Resource): Route {
  const { RouteKey, Target, AuthorizationType, AuthorizerId } = declared.properties;
  const where = `route ${RouteKey}`;
  const integration = model
    .ofType('AWS::ApiGatewayV2::Integration')
    .find((one) => one.name === String(Target).replace('integrations/', ''));
  if (!integration) throw new Error(`${where}: no integration ${Target}`);
  const { IntegrationType, IntegrationUri, PayloadFormatVersion, TimeoutInMillis } = integration.properties;
  if (IntegrationType !== 'AWS_PROXY' || PayloadFormatVersion !== '2.0') {
    throw new Error(`${where}: integration ${IntegrationType} with payload ${PayloadFormatVersion} is not known`);
  }
  const timeoutMs = Math.min(Number(TimeoutInMillis ?? MAX_TIMEOUT_MS), MAX_TIMEOUT_MS);
  const route = { key: String(RouteKey), functionArn: functionArn(String(IntegrationUri)), timeoutMs };
  if (AuthorizationType === undefined || AuthorizationType === 'NONE') return { ...route, authorizer: undefined };
  const authorizer = model.ofType('AWS::ApiGatewayV2::Authorizer').find((one) => one.name === AuthorizerId);
  const properties = authorizer?.properties;
  if (
    properties?.AuthorizerType !== 'REQUEST' ||
    properties.AuthorizerPayloadFormatVersion !== '2.0' ||
    properties.EnableSimpleResponses !== true
  ) {
    throw new Error(`${where}: only a Lambda authorizer with payload 2.0 and simple responses is known`);
  }
  return {
    ...route,
    authorizer: {
      functionArn: functionArn(String(properties.AuthorizerUri)),
      identitySource: (properties.IdentitySource ?? []) as string[],
      routeArn: `arn:aws:execute-api:${model.region}:${model.account}:local/$default/${route.key.replace(' ', '')}`,
    },
  };
}

/** An integration names the function by ARN, or inside `arn:aws:apigateway:...:path/2015-03-31/functions/{arn}/invocations`. */
function functionArn(uri: string): string {
  return /functions\/(arn:.+)\/invocations$/.exec(uri)?.[1] ?? uri;
}

async function handle(
  lambda: Lambda,
  model: Model,
  route: Route,
  params: Record<string, string | undefined>,
  path: string,
  rawQuery: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, MAX_BODY_BYTES);
  const event = makeHttpEvent(model, route.key, params, path, rawQuery, request, body);
  if (route.authorizer) {
    const verdict = await authorize(lambda, route.authorizer, event);
    if ('status' in verdict) return sendMessage(response, verdict.status, verdict.message);
    event.requestContext.authorizer = { lambda: verdict.context };
  }
  const result = await withTimeout(lambda.invoke(route.functionArn, JSON.stringify(event)), route.timeoutMs);
  if (!result) return sendMessage(response, 503, 'Service Unavailable');
  if (result.functionError) return sendMessage(response, 500, 'Internal Server Error');
  sendResult(response, JSON.parse(result.payload) as Result | null);
}

type Verdict = { context: unknown } | { status: number; message: string };

async function authorize(lambda: Lambda, authorizer: Authorizer, event: HttpEvent): Promise<Verdict> {
  const identity = authorizer.identitySource.map((source) => {
    const name = source.replace('$request.header.', '').toLowerCase();
    return (
      event.headers[name] ??
      (event.queryStringParameters as Record<string, string>)?.[name.replace('$request.querystring.', '')]
    );
  });
  if (identity.some((value) => !value)) return { status: 401, message: 'Unauthorized' };
  const { body: _body, isBase64Encoded: _encoded, ...request } = event;
  const question = {
    ...request,
    type: 'REQUEST',
    routeArn: authorizer.routeArn,
    identitySource: identity.length > 0 ? identity : null,
  };
  const result = await lambda.invoke(authorizer.functionArn, JSON.stringify(question));
  if (result.functionError) return { status: 500, message: 'Internal Server Error' };
  const verdict = JSON.parse(result.payload) as { isAuthorized?: boolean; context?: unknown } | null;
  return verdict?.isAuthorized === true ? { context: verdict.context ?? null } : { status: 403, message: 'Forbidden' };
}

function sendResult(response: ServerResponse, result: Result | null): void {
  if (result === null || typeof result !== 'object' || result.statusCode === undefined) {
    return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
  }
  for (const [name, value] of Object.entries(result.headers ?? {})) response.setHeader(name, String(value));
  if (!response.hasHeader('content-type')) response.setHeader('content-type', 'application/json');
  if (result.cookies) response.setHeader('set-cookie', result.cookies);
  const body = Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8');
  response.writeHead(result.statusCode, { 'content-length': body.byteLength }).end(body);
}

function sendMessage(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
}

function isDecodable(path: string): boolean {
  try {
    return path.startsWith('/') && decodeURIComponent(path) !== '';
  } catch {
    return false;
  }
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
