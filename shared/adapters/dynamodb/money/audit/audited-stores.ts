import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { attributesOf, auditEffectsOfItem, effectOfPayout } from '#shared/adapters/dynamodb/money/audit/audit-effects';
import { isRunBeforeRecords } from '#shared/adapters/dynamodb/money/audit/audit-run-effects';
import { faultsBetween, placeFaultsOf } from '#shared/adapters/dynamodb/money/audit/index-places';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  adjustmentKey,
  adjustmentsPeriodPk,
  BY_PERIOD_INDEX,
  controlsChangeKey,
  controlsPk,
  DECISION_SK_PREFIX,
  decisionKey,
  payoutHoldKey,
  payoutHoldReleaseKey,
  payoutHoldsPk,
  payoutKey,
  payoutsPeriodPk,
  planKey,
  plansPk,
  policyChangeKey,
  policyPk,
  programIdOfPk,
  programKey,
  proposalKey,
  proposalsPeriodPk,
  RUN_SK_PREFIX,
  railChangeKey,
  railChangesPk,
  resolutionKey,
  resolutionsPeriodPk,
  runDetailsPk,
  runKey,
  runsPk,
  settingsChangeKey,
  settingsPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import { RUN_ITEM_TYPE } from '#shared/adapters/dynamodb/money/runs/run-item';
import { auditedEffectOfItem } from '#shared/adapters/dynamodb/partners/partner-audit';
import {
  AGREEMENT_RECORD_SK_PREFIX,
  agreementRecordKey,
  agreementRecordsPk,
  CERTIFICATION_RECORDED_SK_PREFIX,
  CONTRACT_INDEX,
  certificationRecordedKey,
  DISPUTE_DECISION_SK_PREFIX,
  disputeDecisionKey,
  disputeDecisionsPk,
  disputesContractPk,
  PAYEE_CHANGE_SK_PREFIX,
  payeeChangeContractKey,
  payeeChangeKey,
  payeeChangesContractPk,
  REVOCATION_SK_PREFIX,
  revocationKey,
  roleChangeKey,
  roleChangesPk,
  TIER_ASSIGNED_SK_PREFIX,
  termsContractPk,
  tierAssignedKey,
  tierSchemeKey,
  tierSchemesPk,
  trainingPk,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { makeTermsProof } from '#shared/adapters/dynamodb/partners/terms-proof';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import { effectRecordedEvent } from '#shared/application/partners/audited-effect';
import { partnerEffect } from '#shared/application/payouts/proof/audit-effects';
import type { AuditedStores, StoredEffect } from '#shared/application/payouts/proof/verify-audit';
import type { PlaceFault } from '#shared/application/payouts/proof/verify-places';
import type { Digest } from '#shared/application/ports';
import type { AuditKind } from '#shared/domain/audit/audit-chain';
import { parseRunId } from '#shared/domain/ledger/money-ids';
import { DISPUTE_STATUSES } from '#shared/domain/partner/dispute';
import { nextPeriod } from '#shared/domain/time/calendar';
import type { Period } from '#shared/domain/time/instant';

/** Adjustments may be dated ahead; what lies further ahead is found by its record. */
const MONTHS_AHEAD = 12;

/** A partner that no index has is in no close: it is found by what was recorded of its terms. */
/** What a programme's own item and the changes kept beside it stand for. */
const OF_PROGRAM: ReadonlySet<AuditKind> = new Set([
  'program.created',
  'controls.changed',
  'settings.changed',
  'policy.changed',
]);
const OF_TERMS: ReadonlySet<AuditKind> = new Set(['agreement.recorded', 'agreement.accepted', 'tier.assigned']);

type Item = Record<string, unknown>;
type Key = { readonly pk: string; readonly sk: string };

const payoutSchema = z.looseObject({
  status: z.enum(['created', 'submitting', 'submitted', 'unknown', 'settled', 'failed', 'returned']),
  updatedAt: instantField,
  reservedUntil: instantField.optional(),
});
const payeeChangeSchema = z.looseObject({
  pk: z.string(),
  sk: z.string().startsWith(PAYEE_CHANGE_SK_PREFIX),
  changedAt: instantField,
});
const partnerIdSchema = z.looseObject({ contractSk: z.string() });
const disputeIdSchema = z.looseObject({ disputeId: z.string() });

/** What is stored in the Money and the Partners table that must have its record in the audit chain. */
export function makeAuditedStores(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly moneyTable: string;
  readonly partnersTable: string;
  readonly digest: Digest;
  /** The month it is now. */
  readonly thisMonth: () => Period;
}): AuditedStores {
  const { documents, moneyTable, partnersTable, digest } = deps;
  const query = (TableName: string, pk: string, prefix?: string): AsyncIterable<Item> =>
    queryAll(documents, {
      TableName,
      KeyConditionExpression: `pk = :pk${prefix === undefined ? '' : ' AND begins_with(sk, :sk)'}`,
      ExpressionAttributeValues: { ':pk': pk, ...(prefix === undefined ? {} : { ':sk': prefix }) },
      ConsistentRead: true,
    });
  const queryIndex = (TableName: string, IndexName: string, name: string, pk: string): AsyncIterable<Item> =>
    queryAll(documents, {
      TableName,
      IndexName,
      KeyConditionExpression: `${name} = :pk`,
      ExpressionAttributeValues: { ':pk': pk },
    });
  const termsProof = makeTermsProof({ documents, tableName: partnersTable, digest });
  const ofMonth = (pk: string): AsyncIterable<Item> => queryIndex(moneyTable, BY_PERIOD_INDEX, 'periodPk', pk);
  const ofContract = (pk: string): AsyncIterable<Item> => queryIndex(partnersTable, CONTRACT_INDEX, 'contractPk', pk);
  const effectsOf = async function* (items: AsyncIterable<Item>): AsyncGenerator<StoredEffect> {
    for await (const item of items) {
      if (item.type === 'payout') yield* effectsOfPayout(item);
      else if (item.type === RUN_ITEM_TYPE) yield* effectsOfRun(item);
      else yield* withFaults(auditEffectsOfItem(item), placeFaultsOf(item));
    }
  };
  const partnerEffectsOf = async function* (items: AsyncIterable<Item>): AsyncGenerator<StoredEffect> {
    for await (const item of items) {
      const effect = auditedEffectOfItem(item);
      if (effect) yield* withFaults([partnerEffect(effectRecordedEvent(effect, digest))], changeFaultsOf(item));
    }
  };

  /**
   * The programme and the changes of its controls, settings and payout policy. The item holds both at once: as it was created it had the controls that the
   * first change found, and what the last change left it must hold still.
   */
  const programEffects = async function* (programId: string): AsyncGenerator<StoredEffect> {
    const Key = programKey(programId);
    const { Item: program } = await documents.send(
      new GetCommand({ TableName: moneyTable, Key, ConsistentRead: true }),
    );
    const changes = await collected(query(moneyTable, controlsPk(programId)));
    if (program) {
      const created = { ...program, controlsVersion: 0, controls: changes[0]?.before ?? program.controls };
      // One from before there were records does not say who created it.
      const isOptional = program.createdBy === undefined;
      for (const effect of auditEffectsOfItem(created)) yield isOptional ? { ...effect, isOptional } : effect;
    }
    yield* changeEffects(changes, program && { after: program.controls, version: program.controlsVersion });
    const settingsChanges = await collected(query(moneyTable, settingsPk(programId)));
    yield* changeEffects(settingsChanges, program && { after: program.settings, version: program.settingsVersion });
    const policyChanges = await collected(query(moneyTable, policyPk(programId)));
    yield* changeEffects(policyChanges, program && { after: program.policy, version: program.policyVersion });
  };

  return {
    async *all(programId, { runIds, since }) {
      yield* effectsOf(query(moneyTable, plansPk(programId)));
      yield* programEffects(programId);
      const last = monthsLater(deps.thisMonth(), MONTHS_AHEAD);
      for (let month = since as Period; month <= last; month = nextPeriod(month)) {
        yield* effectsOf(ofMonth(adjustmentsPeriodPk(programId, month)));
        yield* effectsOf(ofMonth(proposalsPeriodPk(programId, month)));
      }
      yield* effectsOf(query(moneyTable, railChangesPk(programId)));
      yield* effectsOf(query(moneyTable, payoutHoldsPk(programId)));
      yield* effectsOf(query(moneyTable, runsPk(programId), RUN_SK_PREFIX));
      for (const runId of runIds) {
        yield* effectsOf(query(moneyTable, runDetailsPk(programId, runId), DECISION_SK_PREFIX));
        yield* effectsOf(ofMonth(payoutsPeriodPk(programId, runId)));
        yield* effectsOf(ofMonth(resolutionsPeriodPk(programId, runId)));
      }
      yield* partnerEffectsOf(query(partnersTable, tierSchemesPk(programId)));
      yield* partnerEffectsOf(query(partnersTable, roleChangesPk(programId)));
      yield* partnerEffectsOf(ofContract(payeeChangesContractPk(programId)));
      for await (const item of ofContract(termsContractPk(programId))) {
        const { contractSk: partnerId } = partnerIdSchema.parse(item);
        const pk = agreementRecordsPk(programId, partnerId);
        yield* partnerEffectsOf(query(partnersTable, pk, AGREEMENT_RECORD_SK_PREFIX));
        yield* partnerEffectsOf(query(partnersTable, pk, TIER_ASSIGNED_SK_PREFIX));
        yield* partnerEffectsOf(query(partnersTable, pk, CERTIFICATION_RECORDED_SK_PREFIX));
        yield* partnerEffectsOf(query(partnersTable, trainingPk(programId, partnerId), REVOCATION_SK_PREFIX));
      }
      for (const status of DISPUTE_STATUSES) {
        for await (const item of ofContract(disputesContractPk(programId, status))) {
          const pk = disputeDecisionsPk(programId, disputeIdSchema.parse(item).disputeId);
          yield* partnerEffectsOf(query(partnersTable, pk, DISPUTE_DECISION_SK_PREFIX));
        }
      }
    },
    async *terms(programId) {
      for await (const item of ofContract(termsContractPk(programId))) {
        const { contractSk: id } = partnerIdSchema.parse(item);
        yield { id, faults: await termsProof.faults(programId, id) };
      }
    },
    async find(programId, kind, subjectId) {
      if (OF_PROGRAM.has(kind)) {
        for await (const effect of programEffects(programId)) {
          if (effect.kind !== kind || effect.subjectId !== subjectId) continue;
          const faults = OF_TERMS.has(kind) ? await termsProof.places(programId, subjectId.split('~')[0] ?? '') : [];
          return faults.length === 0 ? effect : { ...effect, faults };
        }
        return undefined;
      }
      const [table, key] = placeOf(programId, kind, subjectId);
      const TableName = table === 'money' ? moneyTable : partnersTable;
      const { Item: item } = await documents.send(new GetCommand({ TableName, Key: key, ConsistentRead: true }));
      if (!item) return undefined;
      const one = async function* (): AsyncGenerator<Item> {
        yield item;
      };
      for await (const effect of table === 'money' ? effectsOf(one()) : partnerEffectsOf(one())) {
        if (effect.kind === kind && effect.subjectId === subjectId) return effect;
      }
      return undefined;
    },
  };
}

/** The changes as they are kept; what the last one left, the programme must hold still. */
function* changeEffects(changes: readonly Item[], held: Item | undefined): Generator<StoredEffect> {
  for (const change of changes) {
    const kept = change === changes.at(-1) ? { ...change, ...held } : change;
    for (const effect of auditEffectsOfItem(change)) yield { ...effect, content: attributesOf(kept) };
  }
}

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The item that a record of the chain is about. */
function placeOf(programId: string, kind: AuditKind, subjectId: string): readonly ['money' | 'partners', Key] {
  const [first = '', second = '', third = ''] = subjectId.split('~');
  switch (kind) {
    case 'program.created':
      return ['money', programKey(programId)];
    case 'plan.published':
      return ['money', planKey(programId, Number(subjectId))];
    case 'controls.changed':
      return ['money', controlsChangeKey(programId, Number(subjectId))];
    case 'settings.changed':
      return ['money', settingsChangeKey(programId, Number(subjectId))];
    case 'policy.changed':
      return ['money', policyChangeKey(programId, Number(subjectId))];
    case 'rail.changed':
      return ['money', railChangeKey(programId, first, Number(second))];
    case 'adjustment.recorded':
      return ['money', adjustmentKey(programId, subjectId)];
    case 'adjustment.proposed':
    case 'adjustment.declined':
      return ['money', proposalKey(programId, subjectId)];
    case 'run.opened':
    case 'run.reminded':
    case 'run.expired':
      return ['money', parseRunId(first) ? runKey(programId, first) : { pk: runsPk(programId), sk: first }];
    case 'run.decided':
      return ['money', decisionKey(programId, first, second)];
    case 'payouts.held':
      return ['money', payoutHoldKey(programId, first, second)];
    case 'payouts.released':
      return ['money', payoutHoldReleaseKey(programId, first, second)];
    case 'payout.submitted':
    case 'payout.settled':
    case 'payout.failed':
    case 'payout.returned':
      return ['money', payoutKey(programId, subjectId)];
    case 'payout.resolution_proposed':
    case 'payout.resolved':
    case 'payout.resolution_declined':
      return ['money', resolutionKey(programId, subjectId.slice(first.length + 1), first)];
    case 'payee.changed':
      return ['partners', payeeChangeKey(programId, first, second)];
    case 'agreement.accepted':
      return ['partners', agreementRecordKey(programId, first, { agreementId: second, kind: 'accepted', act: '' })];
    case 'agreement.recorded':
      return ['partners', agreementRecordKey(programId, first, { agreementId: second, kind: 'recorded', act: '' })];
    case 'agreement.renewed':
      return ['partners', agreementRecordKey(programId, first, { agreementId: second, kind: 'renewed', act: third })];
    case 'agreement.terminated':
      return [
        'partners',
        agreementRecordKey(programId, first, { agreementId: second, kind: 'terminated', act: third }),
      ];
    case 'tier.assigned':
      return ['partners', tierAssignedKey(programId, first, second)];
    case 'certification.recorded':
      return ['partners', certificationRecordedKey(programId, first, second)];
    case 'certification.revoked':
      return ['partners', revocationKey(programId, first, second)];
    case 'tier_scheme.changed':
      return ['partners', tierSchemeKey(programId, Number(subjectId))];
    case 'roles.changed':
      return ['partners', roleChangeKey(programId, Number(subjectId))];
    case 'dispute.decided':
      return ['partners', disputeDecisionKey(programId, first, Number(second))];
  }
}

/** One from before runs had records may have none. */
function effectsOfRun(item: Item): readonly StoredEffect[] {
  const effects = auditEffectsOfItem(item);
  return isRunBeforeRecords(item) ? effects.map((effect) => ({ ...effect, isOptional: true })) : effects;
}

/**
 * The states that a payout has passed through by its status. Whether a failed one was submitted before, and a returned one had
 * settled, its entries say; when it settled they alone know.
 */
function effectsOfPayout(item: Item): readonly StoredEffect[] {
  const { status, updatedAt, reservedUntil = updatedAt } = payoutSchema.parse(item);
  const submitted = effectOfPayout(item, 'submitted', reservedUntil);
  const { occurredAt: _, ...settledOnce } = effectOfPayout(item, 'settled', updatedAt);
  switch (status) {
    case 'submitted':
      return [submitted];
    case 'settled':
      return [submitted, effectOfPayout(item, 'settled', updatedAt)];
    case 'failed':
      return [{ ...submitted, isOptional: true }, effectOfPayout(item, 'failed', updatedAt)];
    case 'returned':
      return [submitted, { ...settledOnce, isOptional: true }, effectOfPayout(item, 'returned', updatedAt)];
    default:
      return [];
  }
}

function withFaults(effects: readonly StoredEffect[], faults: readonly PlaceFault[]): readonly StoredEffect[] {
  return faults.length === 0 ? effects : effects.map((effect) => ({ ...effect, faults }));
}

/** A change of a payee must be found by whoever looks for those before a run: its maker may not approve. */
function changeFaultsOf(item: Item): readonly PlaceFault[] {
  const change = payeeChangeSchema.safeParse(item);
  if (!change.success) return [];
  const { pk, sk, changedAt } = change.data;
  return faultsBetween(
    item,
    payeeChangeContractKey(programIdOfPk(pk), changedAt, sk.slice(PAYEE_CHANGE_SK_PREFIX.length)),
  );
}

function monthsLater(month: Period, count: number): Period {
  let later = month;
  for (let step = 0; step < count; step += 1) later = nextPeriod(later);
  return later;
}
