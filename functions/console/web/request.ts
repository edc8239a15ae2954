import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** Larger forms are refused: a file for the console is a bank's report or a course's page, below what Lambda takes. */
const MAX_FORM_BYTES = 4 * 1024 * 1024;

/** What the console reads of an HTTP request. */
export type ConsoleRequest = {
  readonly method: 'GET' | 'POST';
  /** Decoded, with a leading slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly cookies: Readonly<Record<string, string>>;
  /** As they were sent, each `name=value`. */
  readonly cookieLines: readonly string[];
  /** Asked for by htmx: a part of a page is wanted. */
  readonly wantsPart: boolean;
  readonly body: () => Uint8Array<ArrayBuffer>;
};

export function readRequest(event: APIGatewayProxyEventV2): ConsoleRequest {
  const { headers } = event;
  return {
    method: event.requestContext.http.method === 'POST' ? 'POST' : 'GET',
    path: event.rawPath,
    query: new URLSearchParams(event.rawQueryString),
    headers,
    cookies: readCookies(event.cookies ?? []),
    cookieLines: event.cookies ?? [],
    wantsPart: headers['hx-request'] === 'true' && headers['hx-request-type'] !== 'full',
    body: () => readBody(event),
  };
}

function readBody(event: APIGatewayProxyEventV2): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.byteLength > MAX_FORM_BYTES) throw new FormTooLarge();
  return new Uint8Array(bytes);
}

export class FormTooLarge extends Error {
  override readonly name = 'FormTooLarge';
  constructor() {
    super(`This form and its file are larger than ${MAX_FORM_BYTES / 1024 / 1024} MB. Send a smaller file.`);
  }
}

/** The first of a name counts: a browser sends the most specific one first. */
function readCookies(lines: readonly string[]): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const line of lines) {
    const at = line.indexOf('=');
    if (at < 1) continue;
    const name = line.slice(0, at).trim();
    if (!Object.hasOwn(cookies, name)) cookies[name] = line.slice(at + 1).trim();
  }
  return cookies;
}
