import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Key } from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import { EVENT_SOURCE } from '#shared/contracts/events';
import type { Configuration } from '../configuration.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import { makeMailing } from '../constructs/mail.ts';
import { makePayeeKey } from '../constructs/payee-key.ts';
import { makePeople, type People } from '../constructs/people.ts';
import { makeTables, type Tables } from '../constructs/tables.ts';

/** Rows of an export or a bank file that were replaced stay readable this long; the file itself stays for ever. */
const REPLACED_DOCUMENT_DAYS = 365;
/** Long enough to find a wrong rule on a Monday and send the last two weeks' events again. */
const EVENT_ARCHIVE_DAYS = 14;

export type StatefulStackProps = StackProps & { readonly configuration: Configuration };

/** What must survive a mistake, retained when the stack or the resource is removed, and what every stack refers to. */
export class StatefulStack extends Stack {
  readonly tables: Tables;
  readonly documents: s3.Bucket;
  readonly signingSecret: Secret;
  readonly payeeKey: Key;
  readonly people: People | undefined;
  readonly bus: EventBus;
  readonly mail: ConfigurationSet;

  constructor(scope: Construct, id: string, { configuration, ...props }: StatefulStackProps) {
    super(scope, id, { ...props, description: 'Tallystick: tables, documents, signing key and people' });
    this.tables = makeTables(this);
    this.documents = makeDocuments(this);
    this.signingSecret = makeSigningSecret(this);
    this.payeeKey = makePayeeKey(this);
    this.people = configuration.oidcIssuer === undefined ? makePeople(this) : undefined;
    this.bus = makeBus(this);
    this.mail = makeMailing(this);
  }
}

function makeDocuments(scope: Construct): s3.Bucket {
  const bucket = new s3.Bucket(scope, 'Documents', {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    encryption: s3.BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    lifecycleRules: [
      {
        noncurrentVersionExpiration: Duration.days(REPLACED_DOCUMENT_DAYS),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  acknowledge(bucket, {
    'AwsSolutions-S1':
      'Only functions read and write this bucket, each request through the API whose access log names the route; ' +
      'a second bucket of S3 access logs would hold nothing more.',
  });
  return bucket;
}

function makeSigningSecret(scope: Construct): Secret {
  const secret = new Secret(scope, 'SigningSecret', {
    description: 'Root keys of tallystick; each purpose derives its own key from them by HMAC',
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    removalPolicy: RemovalPolicy.RETAIN,
  });
  acknowledge(secret, {
    'AwsSolutions-SMG4':
      'Rotated by `npm run rotate-signing-key`, which keeps every key whose tokens may still be live; a rotation function ' +
      'would need the right to write the secret, which nothing deployed has.',
  });
  return secret;
}

function makeBus(scope: Construct): EventBus {
  const bus = new EventBus(scope, 'Events', { description: 'Facts that happened, published from the table streams' });
  bus.archive('Archive', {
    description: 'To send events again after a rule was wrong',
    eventPattern: { source: [EVENT_SOURCE] },
    retention: Duration.days(EVENT_ARCHIVE_DAYS),
  });
  return bus;
}
