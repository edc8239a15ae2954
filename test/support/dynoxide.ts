import { type DynamodbEngine, startDynamodbEngine } from '#infra/local/dynamodb-engine';
import { freePort } from '#infra/local/ports';

/** The real engine for contract tests: in memory, or on a file in `dir`; it ends with the test process. */
export async function startDynoxide(options: { dir?: string | undefined } = {}): Promise<DynamodbEngine> {
  return startDynamodbEngine({ directory: options.dir, port: await freePort() });
}
