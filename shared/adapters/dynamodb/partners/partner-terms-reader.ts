import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { componentsOfItem } from '#shared/adapters/dynamodb/partners/agreement-items';
import { emailHashOfItem, standingOfItem } from '#shared/adapters/dynamodb/partners/partner-items';
import {
  CONTRACT_INDEX,
  componentsKey,
  emailHashKey,
  type Key,
  payeeKey,
  termsContractPk,
  termsKey,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { payeeOfItem } from '#shared/adapters/dynamodb/partners/payee-items';
import type { PartnerTermsReader, PayeeOnRecord } from '#shared/application/partner-terms';
import type { RecordedAgreement } from '#shared/application/partners/agreement-ports';
import type { RecordedPayee } from '#shared/application/partners/payee-ports';
import type { PayeeOpener } from '#shared/application/payee-vault';
import { isCustomPlanVersion } from '#shared/domain/partner/agreement';
import type { AgreementTerm, Component } from '#shared/domain/plan/plan';

/** What was agreed never changes, so it is kept for the life of the function; some kilobytes each. */
const MAX_CACHED = 200;

const idSchema = z.object({ contractSk: z.string() });

/**
 * Partners for other services: ids through the contract index, which may lag by moments; the rest by key, consistently.
 * Each answer lies in a partition of its own, so that a function is granted only those that it asks for.
 */
export function makePartnerTermsReader(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  /** Only where details are needed, and may be read. */
  readonly opener?: PayeeOpener | undefined;
}): PartnerTermsReader {
  const { documents, tableName, opener } = deps;
  const custom = new Map<string, readonly Component[]>();
  const get = async (key: Key): Promise<Record<string, unknown> | undefined> =>
    (await documents.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }))).Item;

  const customComponents = async (key: Key): Promise<readonly Component[]> => {
    const cacheKey = `${key.pk} ${key.sk}`;
    const cached = custom.get(cacheKey);
    if (cached) return cached;
    const item = await get(key);
    if (!item) throw new Error(`custom terms name components that are not stored: ${cacheKey}`);
    const components = componentsOfItem(item);
    if (custom.size >= MAX_CACHED) custom.clear();
    custom.set(cacheKey, components);
    return components;
  };

  const termOf = async (
    programId: string,
    partnerId: string,
    { agreementId, from, endsAt, afterEnd, planVersion, sequence, ...known }: RecordedAgreement,
  ): Promise<AgreementTerm> => ({
    agreementId,
    from,
    endsAt,
    planVersion,
    sequence,
    recordedAt: known.acceptedAt ?? known.recordedAt,
    ...(known.terminatedAt === undefined ? {} : { endRecordedAt: known.terminatedAt }),
    ...(afterEnd === undefined ? {} : { afterEnd }),
    ...(isCustomPlanVersion(planVersion)
      ? { components: await customComponents(componentsKey(programId, partnerId, planVersion)) }
      : {}),
  });

  return {
    async listIds(programId, { after, limit }) {
      const ids: string[] = [];
      let start: Record<string, unknown> | undefined;
      do {
        const page = await documents.send(
          new QueryCommand({
            TableName: tableName,
            IndexName: CONTRACT_INDEX,
            KeyConditionExpression:
              after === undefined ? 'contractPk = :pk' : 'contractPk = :pk AND contractSk > :after',
            ExpressionAttributeValues: { ':pk': termsContractPk(programId), ':after': after },
            ProjectionExpression: 'contractSk',
            Limit: limit - ids.length,
            ExclusiveStartKey: start,
          }),
        );
        ids.push(...(page.Items ?? []).map((item) => idSchema.parse(item).contractSk));
        start = page.LastEvaluatedKey;
      } while (start && ids.length < limit);
      return ids;
    },
    async terms(programId, partnerId) {
      const item = await get(termsKey(programId, partnerId));
      if (!item) return undefined;
      const { agreements, tiers } = standingOfItem(item);
      return {
        partnerId,
        agreements: await Promise.all(agreements.map((agreement) => termOf(programId, partnerId, agreement))),
        tiers: tiers.map(({ from, tier, sequence, recordedAt }) => ({ from, tier, sequence, recordedAt })),
      };
    },
    async payee(programId, partnerId) {
      const item = await get(payeeKey(programId, partnerId));
      if (!item) return undefined;
      const known = payeeOfItem(item);
      const { details } = known;
      if ('plain' in details) return { ...details.plain, ...dated(known) };
      if (!opener) throw new Error('this function has no right to the details of payees');
      return { ...(await opener.open({ programId, partnerId }, details.sealed)), ...dated(known) };
    },
    async payeeOnRecord(programId, partnerId) {
      const item = await get(payeeKey(programId, partnerId));
      if (!item) return undefined;
      const known = payeeOfItem(item);
      return { rail: known.shown.rail, ...dated(known) };
    },
    async emailHash(programId, partnerId) {
      const item = await get(emailHashKey(programId, partnerId));
      return item && emailHashOfItem(item);
    },
  };
}

function dated({ payeeId, changedAt, usableFrom }: RecordedPayee): Omit<PayeeOnRecord, 'rail'> {
  return { payeeId, changedAt, ...(usableFrom === undefined ? {} : { usableFrom }) };
}
