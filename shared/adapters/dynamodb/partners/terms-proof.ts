import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { faultsBetween } from '#shared/adapters/dynamodb/money/audit/index-places';
import { agreementRecordOfItem, componentsOfItem } from '#shared/adapters/dynamodb/partners/agreement-items';
import { certificationOfItem, standingOfItem, tierOfItem } from '#shared/adapters/dynamodb/partners/partner-items';
import {
  AGREEMENT_RECORD_SK_PREFIX,
  agreementRecordsPk,
  CERTIFICATION_RECORDED_SK_PREFIX,
  componentsKey,
  EARNED_CERTIFICATE_SK_PREFIX,
  type Key,
  REVOCATION_SK_PREFIX,
  TIER_ASSIGNED_SK_PREFIX,
  termsContractKey,
  termsKey,
  trainingPk,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { earnedCertificateOfItem, revocationOfItem } from '#shared/adapters/dynamodb/partners/training-items';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import { type TermsFault, termsFaults } from '#shared/application/partners/terms-proof';
import type { Digest } from '#shared/application/ports';
import { isCustomPlanVersion } from '#shared/domain/partner/agreement';

/** Terms that change between two reads look like a fault: only one that stays is named. */
const MAX_READINGS = 3;

/** What a partner's terms say otherwise than their records, and whether a close finds them at all. */
export type TermsProof = {
  faults(programId: string, partnerId: string): Promise<readonly TermsFault[]>;
  places(programId: string, partnerId: string): Promise<readonly TermsFault[]>;
};

export function makeTermsProof(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly digest: Digest;
}): TermsProof {
  const { documents, tableName, digest } = deps;
  const get = async (key: Key): Promise<Record<string, unknown> | undefined> =>
    (await documents.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }))).Item;
  const recordsOf = async <T>(
    [pk, prefix]: readonly [string, string],
    read: (item: Record<string, unknown>) => T,
  ): Promise<readonly T[]> => {
    const items = queryAll(documents, {
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': pk, ':sk': prefix },
      ConsistentRead: true,
    });
    const records: T[] = [];
    for await (const item of items) records.push(read(item));
    return records;
  };
  const places: TermsProof['places'] = async (programId, partnerId) => {
    const item = await get(termsKey(programId, partnerId));
    if (!item) return [{ field: 'terms', stored: 'missing', expected: 'stored' }];
    return faultsBetween(item, termsContractKey(programId, partnerId));
  };
  const readOnce = async (programId: string, partnerId: string): Promise<readonly TermsFault[]> => {
    const item = await get(termsKey(programId, partnerId));
    if (!item) return places(programId, partnerId);
    const standing = standingOfItem(item);
    const custom = standing.agreements.map(({ planVersion }) => planVersion).filter(isCustomPlanVersion);
    const components = await Promise.all(
      custom.map(async (version) => {
        const stored = await get(componentsKey(programId, partnerId, version));
        return [version, stored && componentsOfItem(stored)] as const;
      }),
    );
    const own = agreementRecordsPk(programId, partnerId);
    const training = trainingPk(programId, partnerId);
    const records = {
      agreements: await recordsOf([own, AGREEMENT_RECORD_SK_PREFIX], agreementRecordOfItem),
      tiers: await recordsOf([own, TIER_ASSIGNED_SK_PREFIX], tierOfItem),
      certifications: await recordsOf([own, CERTIFICATION_RECORDED_SK_PREFIX], certificationOfItem),
      earned: await recordsOf([training, EARNED_CERTIFICATE_SK_PREFIX], earnedCertificateOfItem),
      revocations: await recordsOf([training, REVOCATION_SK_PREFIX], revocationOfItem),
      components: new Map(components),
    };
    return [...faultsBetween(item, termsContractKey(programId, partnerId)), ...termsFaults(standing, records, digest)];
  };
  return {
    places,
    async faults(programId, partnerId) {
      for (let reading = 1; ; reading += 1) {
        const faults = await readOnce(programId, partnerId);
        if (faults.length === 0 || reading >= MAX_READINGS) return faults;
      }
    },
  };
}
