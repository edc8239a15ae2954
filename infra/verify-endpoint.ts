import { type DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';

const MEANT =
  '--endpoint takes the address of the database, "dynamodbUrl" in the endpoints.json of a local stack; ' +
  '--data DIR, the folder of that stack, finds it alone.';

/** @throws Error with the address that is meant, when this is none. */
export function checkedEndpoint(endpoint: string): string {
  if (/^https?:$/.test(URL.canParse(endpoint) ? new URL(endpoint).protocol : '')) return endpoint;
  throw new Error(`${endpoint} is no address such as http://127.0.0.1:8000. ${MEANT}`);
}

/**
 * Names of the tables of an engine, which shows at once whether it is one: the library's own errors do not say it.
 * @throws Error with the address that is meant, when nothing listens there, or something else does
 */
export async function tablesAt(client: DynamoDBClient, endpoint: string, foundIn?: string): Promise<readonly string[]> {
  try {
    const { TableNames } = await client.send(new ListTablesCommand({}));
    if (TableNames) return TableNames;
  } catch (error) {
    if (isDatabaseError(error)) throw error;
    if (!isAnswer(error)) {
      if (foundIn === undefined) throw new Error(`Nothing answers at ${endpoint}. ${MEANT}`);
      throw new Error(
        `Nothing answers at ${endpoint}, which ${foundIn}/endpoints.json names: start it with "npm start -- --data ${foundIn}".`,
      );
    }
  }
  throw new Error(`${endpoint} answers, but is no DynamoDB; it may be the address of the API. ${MEANT}`);
}

/** The SDK notes the status of whatever answered. */
function isAnswer(error: unknown): boolean {
  const { $metadata: answer } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return answer?.httpStatusCode !== undefined;
}

/** Errors of the database itself are named so, as AccessDeniedException; any other answer has a name of its own. */
function isDatabaseError(error: unknown): boolean {
  return isAnswer(error) && error instanceof Error && /Exception$/.test(error.name);
}
