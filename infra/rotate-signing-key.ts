import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type KeyRing, parseKeyRing, rotateKeyRing, signingRoot, writeKeyRing } from '#shared/adapters/key-ring';
import { keyIdOf } from '#shared/adapters/signing-keys';

/**
 * `npm run rotate-signing-key -- --secret ARN`: puts a new key in front of those that sign click tokens, with the rights of who
 * runs it (`secretsmanager:GetSecretValue`, `PutSecretValue`). It signs after two minutes; the former ones go on verifying for 400 days.
 * --list           only shows the ids of the keys        --revoke ID   takes a stolen key out: its tokens earn nobody anything
 */

const ROOT_BYTES = 48;
const UNUSABLE = 2;

try {
  const { values } = parseArgs({
    options: { secret: { type: 'string' }, list: { type: 'boolean' }, revoke: { type: 'string' } },
  });
  if (!values.secret) throw new Error('name the secret: npm run rotate-signing-key -- --secret ARN');
  const client = new SecretsManagerClient();
  const SecretId = values.secret;
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
  if (!SecretString) throw new Error('the secret has no text');
  const before = parseKeyRing(SecretString);
  const after = values.list ? before : changed(before, values.revoke);
  if (!values.list) {
    await client.send(new PutSecretValueCommand({ SecretId, SecretString: writeKeyRing(after) }));
  }
  const signs = signingRoot(after, Date.now());
  for (const { root, signsFrom } of after) {
    const state = signsFrom > Date.now() ? 'signs from then on' : root === signs ? 'signs' : 'verifies';
    console.log(`${keyIdOf(root)}  since ${new Date(signsFrom).toISOString()}  ${state}`);
  }
} catch (error) {
  console.error(`Could not rotate: ${error instanceof Error ? error.message || error.name : String(error)}`);
  process.exitCode = UNUSABLE;
}

function changed(ring: KeyRing, revoked: string | undefined): KeyRing {
  if (revoked === undefined) return rotateKeyRing(ring, randomBytes(ROOT_BYTES).toString('base64url'), Date.now());
  const rest = ring.filter(({ root }) => keyIdOf(root) !== revoked);
  if (rest.length === ring.length) throw new Error(`no key has the id ${revoked}: see --list`);
  if (rest.length === 0) throw new Error('this is the only key: rotate first, and revoke it when the new one signs');
  return rest;
}
