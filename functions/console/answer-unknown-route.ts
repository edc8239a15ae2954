import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { problemOf, toJson } from '#functions/runtime/http';
import { Failure } from '#shared/application/failure';

/** Long paths are of no use to their reader. */
const MAX_PATH_LENGTH = 200;

/** Answers what no route matches, so that this too is a problem document. */
export async function handler(
  event: Pick<APIGatewayProxyEventV2, 'rawPath'> & { requestContext: { http: { method: string } } },
): Promise<APIGatewayProxyStructuredResultV2> {
  const asked = `${event.requestContext.http.method} ${event.rawPath.slice(0, MAX_PATH_LENGTH)}`;
  const problem = problemOf(new Failure('not_found', `There is no ${asked}. GET /openapi.json lists what there is.`));
  return {
    statusCode: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: toJson(problem),
  };
}
