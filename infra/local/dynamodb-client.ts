export type DynamodbCall = (operation: string, input: object) => Promise<Record<string, unknown>>;

export class DynamodbError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** The few calls the host itself makes, without an SDK in its process: tables, streams, TTL sweep. */
export function makeDynamodbCall(endpoint: string): DynamodbCall {
  return async (operation, input) => {
    const api = /Stream|Shard|GetRecords/.test(operation) ? 'DynamoDBStreams_20120810' : 'DynamoDB_20120810';
    const response = await fetch(endpoint, {
      method: 'POST',
      body: JSON.stringify(input),
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${api}.${operation}`,
        'x-amz-date': '20200101T000000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20200101/local/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0',
      },
    });
    const body = (await response.json()) as Record<string, unknown>;
    if (response.ok) return body;
    const code = String(body.__type ?? response.status).replace(/^.*#/, '');
    throw new DynamodbError(code, String(body.message ?? body.Message ?? ''));
  };
}
