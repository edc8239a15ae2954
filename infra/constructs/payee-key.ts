import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { HASHING_CONTEXT } from '#shared/adapters/payee-hashes';
import type { Binding } from '../declarations.ts';

/** The longest that KMS waits before a key is gone: without it no payee can be read again. */
const PENDING_DAYS = 30;

/** The key of the details of payees and of nothing else. KMS renews its material once a year and keeps the former for what it sealed. */
export function makePayeeKey(scope: Construct): Key {
  return new Key(scope, 'PayeeKey', {
    alias: `${Stack.of(scope).stackName}/payees`,
    description: 'Where partners of tallystick are paid; the encryption context is the programme and the partner',
    enableKeyRotation: true,
    pendingWindow: Duration.days(PENDING_DAYS),
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

/**
 * What a function may do with the key. Details are sealed and opened under the ids of programme and partner, the key that
 * hashes accounts under its purpose: who may do one can do nothing with the other.
 */
export function payeeKeyStatements(
  keyArn: string,
  access: Extract<Binding, { kind: 'payee_key' }>['access'],
): readonly PolicyStatement[] {
  switch (access) {
    case 'decrypt':
      return [ofDetails('kms:Decrypt', keyArn)];
    case 'encrypt':
      return [ofDetails('kms:Encrypt', keyArn), ofHashing(['kms:Decrypt', 'kms:Encrypt'], keyArn)];
    case 'hash':
      return [ofHashing(['kms:Decrypt'], keyArn)];
  }
}

function ofDetails(action: string, keyArn: string): PolicyStatement {
  const names = ['programId', 'partnerId'];
  return new PolicyStatement({
    actions: [action],
    resources: [keyArn],
    conditions: {
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': names },
      Null: Object.fromEntries(names.map((name) => [`kms:EncryptionContext:${name}`, 'false'])),
    },
  });
}

function ofHashing(actions: string[], keyArn: string): PolicyStatement {
  const [[name, value] = ['', '']] = Object.entries(HASHING_CONTEXT);
  return new PolicyStatement({
    actions,
    resources: [keyArn],
    conditions: { StringEquals: { [`kms:EncryptionContext:${name}`]: value } },
  });
}
