import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { KMSClient } from '@aws-sdk/client-kms';
import { digest } from '#shared/adapters/digest';
import { makeOwnPayeeHashKey } from '#shared/adapters/dynamodb/partners/payee-hash-key';
import { sealStoredPayees } from '#shared/adapters/dynamodb/partners/seal-stored-payees';
import { makeKmsKey } from '#shared/adapters/kms-key';
import { makePayeeSealer } from '#shared/adapters/payee-vault';
import { openTables } from './verify-tables.ts';

/**
 * `npm run seal-payees`: seals, once after an upgrade, the bank details that earlier versions stored in plain, with the rights of who
 * runs it: scan, read, put, update and delete in Partners, Encrypt and Decrypt with the key of payees. Can be repeated.
 * --data DIR   a local stack that runs on that folder; without it the tables named by MONEY_TABLE, PARTNERS_TABLE and REFERRALS_TABLE
 * --key ID     the key, by id, ARN or alias (default `alias/TallystickStateful/payees`)
 */

const UNUSABLE = 2;
const KEY_ALIAS = 'alias/TallystickStateful/payees';

try {
  const { values } = parseArgs({ options: { data: { type: 'string' }, key: { type: 'string', default: KEY_ALIAS } } });
  const dataDir = values.data === undefined ? undefined : resolve(process.env.INIT_CWD ?? '.', values.data);
  const { documents, names } = await openTables({ dataDir });
  const key = makeKmsKey({
    client: dataDir === undefined ? new KMSClient({}) : localClient(dataDir),
    keyArn: values.key,
  });
  const table = { documents, tableName: names.PARTNERS_TABLE };
  const hashKey = makeOwnPayeeHashKey({ ...table, sealer: key, opener: key });
  const sealer = makePayeeSealer({ sealer: key, hashKey, digest });
  const { payees, accounts, profiles, changedMeanwhile } = await sealStoredPayees({ ...table, sealer, hashKey });
  console.log(`Sealed: ${payees} payees, ${accounts} hashes of accounts, ${profiles} digests of enrolments.`);
  if (changedMeanwhile > 0)
    console.log(`${changedMeanwhile} were changed meanwhile, which sealed them: repeat to be sure.`);
} catch (error) {
  console.error(`Could not seal: ${error instanceof Error ? error.message || error.name : String(error)}`);
  process.exitCode = UNUSABLE;
}

function localClient(dataDir: string): KMSClient {
  const { signIn } = JSON.parse(readFileSync(join(dataDir, 'endpoints.json'), 'utf8')) as { signIn?: { url: string } };
  if (!signIn) throw new Error(`${dataDir} is of an earlier version: start the local stack again, then repeat.`);
  const endpoint = `${new URL(signIn.url).origin}/aws/kms`;
  return new KMSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}
