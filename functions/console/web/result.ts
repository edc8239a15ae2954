import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { JSX } from 'preact';
import { render } from 'preact-render-to-string';
import { compress, encodingFor } from '#functions/console/assets/assets';
import type { DownloadedFile } from './api.ts';
import { pageHeaders } from './headers.ts';
import type { ConsoleRequest } from './request.ts';

export type Result = APIGatewayProxyStructuredResultV2;

/** Shorter texts grow when they are packed. */
const MIN_COMPRESSED_CHARACTERS = 1000;

/** What an answer needs to know of its request and installation. */
export type Reply = {
  readonly request: Pick<ConsoleRequest, 'headers'>;
  readonly publicUrl: string;
  readonly formOrigins: readonly string[];
};

export function htmlResult(
  { request, publicUrl, formOrigins }: Reply,
  content: JSX.Element,
  more: {
    readonly status?: number;
    readonly isPart?: boolean;
    readonly cookies?: string[];
    readonly timing?: string;
  } = {},
): Result {
  const html = more.isPart ? render(content) : `<!doctype html>${render(content)}`;
  const encoding =
    html.length < MIN_COMPRESSED_CHARACTERS ? 'identity' : encodingFor(request.headers['accept-encoding']);
  return {
    statusCode: more.status ?? 200,
    headers: {
      ...pageHeaders(publicUrl, formOrigins),
      vary: 'Accept-Encoding, HX-Request',
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
      ...(more.timing ? { 'server-timing': more.timing } : {}),
    },
    ...(more.cookies && more.cookies.length > 0 ? { cookies: more.cookies } : {}),
    ...(encoding === 'identity'
      ? { body: html }
      : { body: compress(html, encoding).toString('base64'), isBase64Encoded: true }),
  };
}

/** After a form 303, so that reloading the next page sends nothing again. */
export function redirectResult(to: string, cookies: string[] = []): Result {
  return {
    statusCode: 303,
    headers: { location: to, 'cache-control': 'no-store' },
    ...(cookies.length > 0 ? { cookies } : {}),
    body: '',
  };
}

/** A file as the API gave it; never shown as a page of this origin. */
export function fileResult({ bytes, type, disposition }: DownloadedFile): Result {
  const isPicture = type.startsWith('image/');
  // As text a third smaller: a part of a bank file is as long as Lambda answers.
  const isText = /^(text\/|application\/(xml|json)\b)/.test(type);
  return {
    statusCode: 200,
    headers: {
      'content-type': type,
      'content-disposition': disposition ?? (isPicture ? 'inline' : 'attachment'),
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
    },
    ...(isText
      ? { body: Buffer.from(bytes).toString('utf8') }
      : { body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true }),
  };
}
