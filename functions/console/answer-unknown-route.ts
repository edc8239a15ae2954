import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { problemOf, toJson } from '#functions/runtime/http';
import { Failure } from '#shared/application/failure';

/** A developer's slip under the API is named; what anybody else made up is not said back to whoever was sent there. */
const NAMED = /^\/v1\/[A-Za-z0-9/_~.-]{1,196}$/;

/** Answers what no route matches, so that this too is a problem document. */
export async function handler(
  event: Pick<APIGatewayProxyEventV2, 'rawPath'> & { requestContext: { http: { method: string } } },
): Promise<APIGatewayProxyStructuredResultV2> {
  const { rawPath, requestContext } = event;
  const asked = NAMED.test(rawPath) ? `${requestContext.http.method} ${rawPath}` : 'such address';
  const problem = problemOf(new Failure('not_found', `There is no ${asked}. GET /openapi.json lists what there is.`));
  return {
    statusCode: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: toJson(problem),
  };
}
