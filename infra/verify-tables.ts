import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { checkedEndpoint, tablesAt } from './verify-endpoint.ts';

const endpointsSchema = z.object({ dynamodbUrl: z.url() });
const namesSchema = z.object({ MONEY_TABLE: z.string(), PARTNERS_TABLE: z.string(), REFERRALS_TABLE: z.string() });

/** Without it a wrong address would be waited for. */
const CONNECTION_TIMEOUT_MS = 5_000;

export type TableNames = z.output<typeof namesSchema>;
export type OpenTables = { readonly documents: DynamoDBDocumentClient; readonly names: TableNames };

/**
 * The three tables of an installation: by MONEY_TABLE, PARTNERS_TABLE and REFERRALS_TABLE with the AWS credentials at hand
 * when they are set and no folder or endpoint is given; else those of the local stack whose data is in `dataDir`, or of the
 * engine at `endpoint`.
 * @throws Error with what to do when there is no such stack, no database at that address, or not exactly one table of each kind
 */
export async function openTables(given: {
  readonly dataDir?: string | undefined;
  readonly endpoint?: string | undefined;
}): Promise<OpenTables> {
  const named = namesSchema.safeParse(process.env);
  if (named.success && given.dataDir === undefined && given.endpoint === undefined) {
    return { documents: DynamoDBDocumentClient.from(new DynamoDBClient({})), names: named.data };
  }
  const dataDir = given.endpoint === undefined ? (given.dataDir ?? '.local') : undefined;
  const endpoint = dataDir === undefined ? checkedEndpoint(given.endpoint ?? '') : endpointOf(dataDir);
  const client = new DynamoDBClient(localOptions(endpoint));
  const found = await tablesAt(client, endpoint, dataDir);
  const names = named.success && given.dataDir === undefined ? named.data : namesOf(found);
  return { documents: DynamoDBDocumentClient.from(client), names };
}

function localOptions(endpoint: string): object {
  const key = { accessKeyId: 'local', secretAccessKey: 'local' };
  const region = process.env.AWS_REGION ?? 'us-east-1';
  return { endpoint, region, credentials: key, requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS } };
}

function endpointOf(dataDir: string): string {
  try {
    return endpointsSchema.parse(JSON.parse(readFileSync(join(dataDir, 'endpoints.json'), 'utf8'))).dynamodbUrl;
  } catch {
    throw new Error(
      `${dataDir} has no endpoints.json of a local stack: start one with "npm start -- --data ${dataDir}", name its folder ` +
        'with --data, or set MONEY_TABLE, PARTNERS_TABLE and REFERRALS_TABLE to verify in the cloud.',
    );
  }
}

/** CloudFormation names a table by its stack, its logical id, and characters that make it unique. */
function namesOf(found: readonly string[]): TableNames {
  const one = (kind: string): string => {
    const [name, ...more] = found.filter((table) => new RegExp(`(^|-)${kind}[0-9A-F]{8}(-|$)|^${kind}$`).test(table));
    if (name !== undefined && more.length === 0) return name;
    throw new Error(
      `The engine has ${name === undefined ? 'no' : 'several'} ${kind} tables: set ${kind.toUpperCase()}_TABLE and the two others.`,
    );
  };
  return { MONEY_TABLE: one('Money'), PARTNERS_TABLE: one('Partners'), REFERRALS_TABLE: one('Referrals') };
}
