import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Model } from './model.ts';

/** Bodies of these types arrive as text, others in base64. */
const TEXT_BODY = /^(text\/|application\/([\w.+-]+\+)?(json|xml|javascript)\b)/i;

export type HttpEvent = Record<string, unknown> & {
  headers: Record<string, string>;
  requestContext: Record<string, unknown>;
};

/** A request as a function sees it: payload format 2.0 of HTTP APIs, with the decoded path and header names in lower case. */
export function makeHttpEvent(
  model: Model,
  routeKey: string,
  params: Record<string, string | undefined>,
  path: string,
  rawQuery: string,
  request: IncomingMessage,
  body: Buffer,
): HttpEvent {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headersDistinct)) if (value) headers[name] = value.join(',');
  const sourceIp = request.socket.remoteAddress ?? '127.0.0.1';
  headers['x-forwarded-for'] = headers['x-forwarded-for'] ? `${headers['x-forwarded-for']}, ${sourceIp}` : sourceIp;
  headers['x-forwarded-proto'] = 'http';
  const cookies = headers.cookie?.split(/[;,]\s*/);
  delete headers.cookie;
  const now = Date.now();
  const asText = TEXT_BODY.test(headers['content-type'] ?? 'text/plain');
  const { '*': proxy, ...named } = params;
  const pathParameters = proxy === undefined ? named : { ...named, proxy };
  return {
    version: '2.0',
    routeKey,
    rawPath: decodePath(path),
    rawQueryString: rawQuery,
    ...(cookies ? { cookies } : {}),
    headers,
    ...(rawQuery ? { queryStringParameters: joinRepeated(new URLSearchParams(rawQuery)) } : {}),
    ...(Object.keys(pathParameters).length > 0 ? { pathParameters } : {}),
    requestContext: {
      accountId: model.account,
      apiId: 'local',
      domainName: headers.host ?? '127.0.0.1',
      domainPrefix: 'local',
      http: {
        method: request.method ?? 'GET',
        path: decodePath(path),
        protocol: 'HTTP/1.1',
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
    ...(body.byteLength > 0 ? { body: body.toString(asText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.byteLength > 0 && !asText,
  };
}

/** Repeated query parameters are joined by commas. */
function joinRepeated(query: URLSearchParams): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of query) joined.set(name, joined.has(name) ? `${joined.get(name)},${value}` : value);
  return Object.fromEntries(joined);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
