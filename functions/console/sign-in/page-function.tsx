import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { troublePage } from '#console/sign-in/pages';
import { Document } from '#console/ui/layout';
import type { View } from '#functions/console/web/page';
import { htmlResult, type Result } from '#functions/console/web/result';
import { log } from '#functions/runtime/log';
import { Failure } from '#shared/application/failure';

/** What a page of the sign-in reads of a request. Header names in lower case. */
export type PageRequest = {
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly cookies: readonly string[];
  /** The fields of a posted form. @throws RangeError when it is larger than any of these pages sends */
  readonly form: () => URLSearchParams;
};

export type PageAnswer = {
  readonly cookies?: readonly string[];
} & (
  | { readonly page: View /** Where the browser goes on to by itself. */; readonly next?: string }
  | { readonly status: 302 | 303; readonly location: string }
);

const MAX_FORM_BYTES = 4_096;
/** An address of these pages may hold a code: nobody is told where the browser came from. */
const UNTOLD = { 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store' };

/** Wraps a page as the Lambda behind its route. What fails is logged without the address, and told in words. */
export function pageFunction(
  name: string,
  publicUrl: string,
  handle: (request: PageRequest) => Promise<PageAnswer>,
): (event: APIGatewayProxyEventV2) => Promise<Result> {
  return async (event) => {
    const request = requestOf(event);
    try {
      return resultOf(await handle(request), request, event.rawPath, publicUrl);
    } catch (error) {
      log.error('page failed', {
        route: name,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      const isPassing = error instanceof Failure && error.code === 'temporarily_unavailable';
      return resultOf({ page: troublePage(isPassing ? 503 : 500) }, request, event.rawPath, publicUrl);
    }
  };
}

function requestOf(event: APIGatewayProxyEventV2): PageRequest {
  return {
    query: new URLSearchParams(event.rawQueryString),
    headers: event.headers,
    cookies: event.cookies ?? [],
    form: () => {
      const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
      if (bytes.byteLength > MAX_FORM_BYTES) throw new RangeError('the form is too large');
      return new URLSearchParams(bytes.toString('utf8'));
    },
  };
}

function resultOf(answer: PageAnswer, request: PageRequest, path: string, publicUrl: string): Result {
  const cookies = answer.cookies && answer.cookies.length > 0 ? { cookies: [...answer.cookies] } : {};
  if ('location' in answer) {
    return { statusCode: answer.status, headers: { ...UNTOLD, location: answer.location }, ...cookies, body: '' };
  }
  const { page, next } = answer;
  const theme = themeOf(request);
  const made = htmlResult({ request, publicUrl, formOrigins: [] }, <Document page={page} path={path} theme={theme} />, {
    status: page.status ?? 200,
  });
  // By a header, because a browser may refuse to follow a redirect from a form to another host (CSP, form-action).
  const headers = { ...made.headers, ...UNTOLD, ...(next === undefined ? {} : { refresh: `0; url=${next}` }) };
  return { ...made, headers, ...cookies };
}

function themeOf({ cookies }: PageRequest): 'light' | 'dark' | undefined {
  return cookies.includes('ts_theme=dark') ? 'dark' : cookies.includes('ts_theme=light') ? 'light' : undefined;
}
