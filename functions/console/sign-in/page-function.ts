import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type SignInPage, troublePage } from '#functions/console/sign-in/pages';
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
  readonly status: number;
  readonly page?: SignInPage;
  /** Where to go instead of reading a page. */
  readonly location?: string;
  readonly cookies?: readonly string[];
};

const MAX_FORM_BYTES = 4_096;

/** Wraps a page as the Lambda behind its route. What fails is logged without the address, which may hold a code, and told in words. */
export function pageFunction(
  name: string,
  handle: (request: PageRequest) => Promise<PageAnswer>,
): (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2> {
  return async (event) => {
    try {
      return resultOf(await handle(requestOf(event)));
    } catch (error) {
      log.error('page failed', {
        route: name,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      const isPassing = error instanceof Failure && error.code === 'temporarily_unavailable';
      return resultOf({ status: isPassing ? 503 : 500, page: troublePage() });
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

function resultOf({ status, page, location, cookies }: PageAnswer): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: status,
    headers: {
      ...page?.headers,
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      ...(location ? { location } : {}),
    },
    ...(cookies && cookies.length > 0 ? { cookies: [...cookies] } : {}),
    body: page?.html ?? '',
  };
}
