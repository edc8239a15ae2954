import type * as z from 'zod';
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { webhooksDocument } from '#functions/console/webhooks-document';
import { problemSchema } from '#shared/contracts/fields';
import type { FileBody, RouteContract } from '#shared/contracts/route';
import { routes } from '#shared/contracts/routes';

const BEARER = 'bearer';
const PROBLEM = { 'application/problem+json': { schema: problemSchema.meta({ id: 'Problem' }) } };

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Makes a repeat safe: the same key with the same body answers the first result again. Another body answers 422, one still running 409.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
} as const;

/** The problems any operation of its kind may answer; what each `code` means is in the document itself. */
const FAULT = ['500', { description: 'A fault on our side; repeat the request', content: PROBLEM }];
const PAGE = { 'text/html; charset=utf-8': { schema: { type: 'string' as const } } };

const FILE_PROBLEMS = [
  ['413', 'The file is too large'],
  ['415', 'The file has another media type'],
  ['422', 'The file breaks a rule; `errors` says which'],
] as const;

function fileContent({ types }: FileBody): Record<string, { schema: { type: 'string'; format?: 'binary' } }> {
  const text = types.map((type) => [type, { schema: { type: 'string' as const } }] as const);
  return {
    ...Object.fromEntries(text),
    'application/gzip': { schema: { type: 'string', format: 'binary' } },
  };
}

function problemStatuses(route: RouteContract): readonly (readonly [string, string])[] {
  return [
    ...(route.body || route.query ? [['422', 'The request breaks a rule; `errors` names the fields'] as const] : []),
    ...(route.body ? [['413', 'The body is too large'] as const, ['415', 'The body is not JSON'] as const] : []),
    ...(route.file ? FILE_PROBLEMS : []),
    ...(route.access === 'public'
      ? []
      : [['401', 'No valid token'] as const, ['403', 'The role may not do this'] as const]),
    ...(route.params ? [['404', 'There is no such thing, or not for you'] as const] : []),
    ...(route.method === 'POST' ? [['409', 'It conflicts with what is stored'] as const] : []),
    ['500', 'A fault on our side; repeat the request'],
    ['503', 'A passing fault on our side; repeat the request in a moment'],
  ];
}

function operation(route: RouteContract): ZodOpenApiOperationObject {
  const problems = route.pages
    ? [...Object.entries(route.pages).map(([status, description]) => [status, { description, content: PAGE }]), FAULT]
    : problemStatuses(route).map(([status, description]) => [status, { description, content: PROBLEM }]);
  return {
    operationId: route.name,
    summary: route.summary,
    ...(describe(route) ? { description: describe(route) } : {}),
    tags: [route.service],
    security: route.access === 'public' ? [] : [{ [BEARER]: [] }],
    ...(route.method === 'POST' ? { parameters: [IDEMPOTENCY_KEY] } : {}),
    ...(route.params || route.query
      ? {
          requestParams: {
            ...(route.params ? { path: route.params } : {}),
            ...(route.query ? { query: route.query } : {}),
          },
        }
      : {}),
    ...(route.body
      ? {
          requestBody: {
            required: !route.body.safeParse(undefined).success,
            content: { 'application/json': { schema: route.body } },
          },
        }
      : {}),
    ...(route.file ? { requestBody: { required: true, content: fileContent(route.file) } } : {}),
    responses: {
      [String(route.status)]: answer(route),
      ...(route.repeated ? { 200: jsonAnswer('It was sent before, and changes nothing', route.repeated) } : {}),
      ...(route.accepted ? { 202: jsonAnswer('It goes on by itself', route.accepted) } : {}),
      ...Object.fromEntries(problems),
    },
  };
}

function describe(route: RouteContract): string {
  const roles = rolesText(route.access);
  const people = route.peopleOnly ? 'A person only, not an API key.' : '';
  return [route.description, roles, people].filter(Boolean).join(' ');
}

function rolesText(access: RouteContract['access']): string {
  if (access === 'public') return '';
  return access === 'signed_in' ? 'Any valid token, also without a role.' : `Roles: ${access.join(', ')}.`;
}

function answer(route: RouteContract): ZodOpenApiOperationObject['responses'][`2${string}`] {
  const type = route.responseType ?? 'application/json';
  const schema: z.ZodType | { type: 'string' } | undefined =
    route.response ?? (route.responseType ? { type: 'string' } : undefined);
  return { description: route.summary, ...(schema ? { content: { [type]: { schema } } } : {}) };
}

function jsonAnswer(description: string, schema: z.ZodType): ZodOpenApiOperationObject['responses'][`2${string}`] {
  return { description, content: { 'application/json': { schema } } };
}

/** OpenAPI 3.1 of the whole API, from the same contracts the functions parse with. */
export function openapiDocument(contracts: readonly RouteContract[] = routes): object {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of contracts.filter(({ isPage }) => isPage !== true)) {
    const operations = paths[route.path] ?? {};
    operations[route.method.toLowerCase()] = operation(route);
    paths[route.path] = operations;
  }
  const document: ZodOpenApiObject = {
    openapi: '3.1.0',
    info: {
      title: 'Tallystick',
      version: '1',
      description:
        'Partner referrals, commissions and payouts. Amounts are integers of minor units, rates are basis points, times are ISO 8601 in UTC. Errors are problem documents (RFC 9457) with a stable `code`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: {
      securitySchemes: {
        [BEARER]: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key (tsk_...) or an OpenID Connect ID token.',
        },
      },
    },
    paths: paths as ZodOpenApiPathsObject,
    webhooks: webhooksDocument(),
  };
  return createDocument(document, {
    // The format says it; zod's pattern for it is longer than the rest of the schema.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
}

/** The text of the committed document: equal contracts give equal bytes. */
export function openapiText(): string {
  return `${JSON.stringify(openapiDocument(), null, 2)}\n`;
}
