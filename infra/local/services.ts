import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AwsError, type Operations } from './aws-error.ts';
import type { Deliveries } from './deliveries.ts';
import type { Identity } from './identity.ts';
import type { AnswerOidc } from './identity-provider.ts';
import type { Lambda } from './lambda.ts';
import type { Mailbox } from './mailbox.ts';
import { escapeXml, type ObjectRequest, type ObjectResponse } from './objects.ts';

/** Larger than any body a service below accepts: the largest is one object. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** An e-mail address. */
const MAX_FORM_BYTES = 4_096;

export type Services = {
  /** JSON services by the prefix of their `X-Amz-Target`. */
  readonly json: Readonly<Record<string, Operations>>;
  readonly lambda: Lambda;
  readonly deliveries: Deliveries;
  readonly mailbox: Mailbox;
  readonly objects: (request: ObjectRequest) => ObjectResponse;
  readonly identity: Identity;
  /** The provider's own pages and endpoints; loaded when first asked for, because it takes 45 MB. */
  readonly provider: () => Promise<AnswerOidc>;
};

/** Variables that point every SDK client at this host (SDK reference guide, "Service-specific endpoints"). */
export function endpointVariables(servicesUrl: string, dynamodbUrl: string): Record<string, string> {
  const at = (service: string): string => `${servicesUrl}/aws/${service}`;
  return {
    AWS_ENDPOINT_URL_DYNAMODB: dynamodbUrl,
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: dynamodbUrl,
    AWS_ENDPOINT_URL_SFN: at('states'),
    AWS_ENDPOINT_URL_EVENTBRIDGE: at('events'),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: at('secretsmanager'),
    AWS_ENDPOINT_URL_KMS: at('kms'),
    AWS_ENDPOINT_URL_LAMBDA: at('lambda'),
    AWS_ENDPOINT_URL_SESV2: at('ses'),
    AWS_ENDPOINT_URL_S3: at('s3'),
    AWS_ENDPOINT_URL_SQS: at('sqs'),
  };
}

/** One server for the AWS endpoints, the mailbox page and the identity provider. */
export function makeServicesServer(services: Services): Server {
  return createServer((request, response) => {
    answer(services, request, response).catch((error: unknown) => {
      if (response.headersSent) return void response.destroy();
      const known = error instanceof AwsError ? error : new AwsError('InternalFailure', String(error), 500);
      sendError(request, response, known);
    });
  });
}

async function answer(services: Services, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://local');
  // A page on the web may resolve its own name to this machine; it cannot choose this name.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) {
    throw new AwsError('AccessDenied', 'Use http://127.0.0.1.', 403);
  }
  if (url.pathname.startsWith('/aws/')) return answerAws(services, url, request, response);
  if (url.pathname.startsWith('/oidc/')) return answerOidc(services, url, request, response);
  if (request.method !== 'GET') throw new AwsError('MethodNotAllowed', 'Only GET.', 405);
  if (url.pathname === '/' || url.pathname.startsWith('/mail')) {
    const page = services.mailbox.page(url.pathname === '/' ? '/mail' : url.pathname, url.searchParams);
    return void response.writeHead(page.status, page.headers).end(page.body);
  }
  throw new AwsError('NotFound', 'There is nothing at this address.', 404);
}

async function answerOidc(
  { identity, provider }: Services,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (url.pathname === '/oidc/sign-in' && request.method === 'POST') return signIn(identity, request, response);
  if (url.pathname === '/oidc/.well-known/jwks.json' && request.method === 'GET')
    return sendJson(response, 200, identity.publicKeys, 'application/json');
  const answerAsProvider = await provider();
  await answerAsProvider(request, response, async () => {
    const body = await readBody(request, MAX_FORM_BYTES);
    return new URLSearchParams(body.toString('utf8'));
  });
}

/** `{email, password}` to a token of now. As JSON alone, which no form on a web page can send here. */
async function signIn(identity: Identity, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!request.headers['content-type']?.startsWith('application/json')) {
    throw new AwsError('UnsupportedMediaType', 'Send JSON.', 415);
  }
  const { email, password } = parse(await readBody(request));
  const token = await identity.signIn(String(email ?? ''), String(password ?? ''));
  if (token === undefined) throw new AwsError('NotAuthorizedException', 'Incorrect username or password.', 401);
  sendJson(response, 200, { token }, 'application/json');
}

async function answerAws(
  services: Services,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Every SDK signs; a form on a web page cannot add this header.
  if (!request.headers.authorization) throw new AwsError('MissingAuthenticationToken', 'Sign the request.', 403);
  const body = await readBody(request);
  const [, , service, ...rest] = url.pathname.split('/');
  const path = `/${rest.join('/')}`;
  if (service === 's3') {
    const headers = request.headers as Record<string, string | undefined>;
    const answered = services.objects({
      method: request.method ?? 'GET',
      path,
      query: url.searchParams,
      headers,
      body,
    });
    return void response.writeHead(answered.status, answered.headers).end(answered.body);
  }
  if (service === 'lambda') return invoke(services, path, request, body.toString('utf8'), response);
  if (service === 'ses') {
    if (path !== '/v2/email/outbound-emails') throw new AwsError('NotFoundException', `SES ${path} is not known.`, 404);
    return sendJson(response, 200, services.mailbox.sendEmail(parse(body)), 'application/json');
  }
  const [prefix = '', operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  const run = services.json[prefix]?.[operation];
  if (!run) throw new AwsError('UnknownOperationException', `${prefix}.${operation} is not known to the local host.`);
  sendJson(response, 200, (await run(parse(body))) ?? {}, 'application/x-amz-json-1.1');
}

async function invoke(
  services: Services,
  path: string,
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
): Promise<void> {
  const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path)?.[1];
  if (!name) throw new AwsError('ResourceNotFoundException', `Lambda ${path} is not known.`, 404);
  const target = decodeURIComponent(name);
  const payload = body === '' ? '{}' : body;
  if (request.headers['x-amz-invocation-type'] === 'Event') {
    if (!services.lambda.has(target))
      throw new AwsError('ResourceNotFoundException', `Function not found: ${target}`, 404);
    services.deliveries.send({ arn: target }, payload);
    return void response.writeHead(202).end();
  }
  const result = await services.lambda.invoke(target, payload);
  const failed = result.functionError ? { 'x-amz-function-error': result.functionError } : {};
  response
    .writeHead(200, { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST', ...failed })
    .end(result.payload);
}

function parse(body: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(body.toString('utf8') || '{}') as Record<string, unknown>;
  } catch {
    throw new AwsError('SerializationException', 'The body is not valid JSON.');
  }
}

export async function readBody(request: IncomingMessage, limit = MAX_BODY_BYTES): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > limit) throw new AwsError('RequestEntityTooLarge', `At most ${limit} bytes.`, 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function sendJson(response: ServerResponse, status: number, body: unknown, type: string): void {
  response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': randomUUID() }).end(JSON.stringify(body));
}

function sendError(request: IncomingMessage, response: ServerResponse, error: AwsError): void {
  if (request.url?.startsWith('/aws/s3/')) {
    const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message></Error>`;
    return void response
      .writeHead(error.status, { 'content-type': 'application/xml' })
      .end(request.method === 'HEAD' ? undefined : body);
  }
  response.setHeader('x-amzn-errortype', error.code);
  sendJson(
    response,
    error.status,
    { __type: error.code, message: error.message, Message: error.message },
    'application/json',
  );
}
