import { AwsClient } from 'aws4fetch';

/** A customer waits for this call: one try more than none, and not for long. */
const TRIES = 2;
const TIMEOUT_MS = 700;

export type AwsEnvironment = Readonly<Record<string, string | undefined>>;

/** One call of an AWS JSON API. @throws Error with status and AWS error type */
export type AwsJson = (target: string, body: Record<string, unknown>) => Promise<Record<string, unknown>>;

/**
 * Calls an AWS JSON API by signed `fetch`, without loading its SDK client: 15 kB instead of 340 (toolchain: bundles).
 * Region, credentials and `AWS_ENDPOINT_URL_*` come from the environment as the SDK reads them.
 */
export function makeAwsJson(
  service: { readonly name: string; readonly version: '1.0' | '1.1'; readonly endpointVariable: string },
  environment: AwsEnvironment,
  fetcher: typeof fetch = fetch,
): AwsJson {
  const region = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? 'us-east-1';
  const url =
    environment[service.endpointVariable] ??
    environment.AWS_ENDPOINT_URL ??
    `https://${service.name}.${region}.amazonaws.com/`;
  // Lambda writes new credentials only into new instances, so that one client an instance is enough.
  const client = new AwsClient({
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
    ...(environment.AWS_SESSION_TOKEN ? { sessionToken: environment.AWS_SESSION_TOKEN } : {}),
    service: service.name,
    region,
  });
  return async (target, body) => {
    const request = {
      method: 'POST',
      headers: { 'content-type': `application/x-amz-json-${service.version}`, 'x-amz-target': target },
      body: JSON.stringify(body),
    };
    let failure: unknown;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      try {
        const signed = await client.sign(url, request);
        const response = await fetcher(signed, { signal: AbortSignal.timeout(TIMEOUT_MS) });
        const answer = (await response.json()) as Record<string, unknown>;
        if (response.ok) return answer;
        failure = new Error(`${target} answered ${response.status} ${String(answer.__type ?? '')}`);
        if (
          response.status < 500 &&
          response.status !== 429 &&
          !/Throttl|ThroughputExceeded/.test(String(answer.__type))
        )
          break;
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  };
}
