import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { TableName } from '../declarations.ts';

export type Tables = Readonly<Record<TableName, dynamodb.Table>>;

const string = (name: string): dynamodb.Attribute => ({ name, type: dynamodb.AttributeType.STRING });

/** The index of each table that other services may read (design.md, Shape). */
export const CONTRACT_INDEX: Readonly<Record<TableName, string>> = {
  referrals: 'facts',
  money: 'contract',
  partners: 'contract',
};

/** Every index of a table, so that grants can name them instead of using a wildcard. */
export const INDEXES: Readonly<Record<TableName, readonly string[]>> = {
  referrals: ['facts'],
  money: ['contract', 'by-period'],
  partners: ['contract'],
};

/** Three tables, one a bounded context. On demand and encrypted with DynamoDB's own key: an idle installation pays for storage only. */
export function makeTables(scope: Construct): Tables {
  // Both images: whether a partner has a sale since this record, or had it before. Its one reader is not called for clicks.
  const referrals = makeTable(scope, 'Referrals', {
    timeToLiveAttribute: 'expiresAt',
    stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
  });
  addIndex(referrals, 'facts', 'factsPk', 'factsSk');

  // Append-only: no TTL, and no function has a delete action on it.
  const money = makeTable(scope, 'Money', { stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES });
  addIndex(money, 'contract', 'contractPk', 'contractSk');
  addIndex(money, 'by-period', 'periodPk', 'periodSk');

  const partners = makeTable(scope, 'Partners', {
    timeToLiveAttribute: 'expiresAt',
    stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
  });
  addIndex(partners, 'contract', 'contractPk', 'contractSk');
  return { referrals, money, partners };
}

/** Conversions and refunds are what statements are recomputed from, so Referrals is protected like the other two. */
function makeTable(scope: Construct, id: string, props: Partial<dynamodb.TableProps>): dynamodb.Table {
  return new dynamodb.Table(scope, id, {
    partitionKey: string('pk'),
    sortKey: string('sk'),
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    encryption: dynamodb.TableEncryption.DEFAULT,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    ...props,
  });
}

function addIndex(table: dynamodb.Table, indexName: string, partitionKey: string, sortKey: string): void {
  table.addGlobalSecondaryIndex({
    indexName,
    partitionKey: string(partitionKey),
    sortKey: string(sortKey),
    projectionType: dynamodb.ProjectionType.ALL,
  });
}
