import * as z from 'zod';
import { auditEffectsOfResolution } from '#shared/adapters/dynamodb/money/audit/audit-resolution-effects';
import { auditEffectsOfRun } from '#shared/adapters/dynamodb/money/audit/audit-run-effects';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { programIdOfPk } from '#shared/adapters/dynamodb/money/money-keys';
import type { AuditEffect } from '#shared/application/payouts/proof/audit-effects';
import type { AuditKind } from '#shared/domain/audit/audit-chain';
import type { Plain } from '#shared/domain/audit/canonical-json';
import type { Instant } from '#shared/domain/time/instant';

/**
 * What the stored items of the Money table must have in the audit chain. An item that is written once is recorded with all its
 * attributes as they are stored, so that no later code reads another content into old items; of one whose status moves, each
 * state is recorded with what is fixed from that state on.
 */
type Item = Readonly<Record<string, unknown>>;

/** Types of the items that have records: the stream delivers no others to the appender. */
export const AUDITED_ITEM_TYPES = [
  'program',
  'plan',
  'controls_change',
  'settings_change',
  'policy_change',
  'rail_change',
  'adjustment',
  'adjustment_proposal',
  'run',
  'decision',
  'payout_hold',
  'payout_hold_release',
  'payout',
  'payout_resolution',
] as const;

const itemSchema = z.looseObject({ pk: z.string(), type: z.enum(AUDITED_ITEM_TYPES) });
const programSchema = z.looseObject({
  programId: z.string(),
  createdBy: z.string().default('system:programs'),
  createdAt: instantField,
  controlsVersion: z.int().default(0),
});
const planSchema = z.looseObject({ version: z.int(), publishedBy: z.string(), publishedAt: instantField });
const controlsSchema = z.looseObject({ version: z.int(), by: z.string(), at: instantField });
const railChangeSchema = z.looseObject({ rail: z.string(), version: z.int(), by: z.string(), at: instantField });
const adjustmentSchema = z.looseObject({
  adjustmentId: z.string(),
  recordedBy: z.string(),
  approvedBy: z.string().optional(),
  recordedAt: instantField,
});
const proposalSchema = z.looseObject({
  adjustmentId: z.string(),
  recordedBy: z.string(),
  proposedAt: instantField,
  status: z.enum(['proposed', 'recorded', 'declined']),
  decision: z.looseObject({ by: z.string(), at: instantField }).optional(),
});
const decisionSchema = z.looseObject({ runId: z.string(), by: z.string(), at: instantField });
const holdSchema = z.looseObject({ holdId: z.string(), partnerId: z.string(), by: z.string(), at: instantField });
const payoutSchema = z.looseObject({
  payoutId: z.string(),
  status: z.enum(['created', 'submitting', 'submitted', 'unknown', 'settled', 'failed', 'returned']),
  updatedAt: instantField,
  reservedUntil: instantField.optional(),
});

/** Neither the name nor the books, which move with each run. */
const PROGRAM_CONTENT = [
  'programId',
  'currency',
  'timeZone',
  'holdDays',
  'minimumPayoutMinor',
  'booksOpenFrom',
  'attribution',
  'tracking',
  'fraud',
  'approvals',
  'payouts',
  'controls',
  'createdBy',
  'onBehalfOf',
  'createdAt',
];
const CHANGED = {
  controls_change: 'controls.changed',
  settings_change: 'settings.changed',
  policy_change: 'policy.changed',
} as const;
/** Nobody decides on a payout by itself: its run was decided, and its rail reports. */
const PAYING = 'system:payouts';
const PLACE = new Set(['pk', 'sk', 'contractPk', 'contractSk', 'periodPk', 'periodSk', 'type']);
/** What is fixed of a payout once it is with its rail. */
const PAYOUT_CONTENT = [
  'payoutId',
  'partnerId',
  'statementId',
  'runId',
  'currency',
  'amountMinor',
  'rail',
  'submissionRunId',
  'payeeId',
  'endToEndId',
  'railReference',
];

/** The effects that an item stands for as it is stored; none for an item that is not audited. @throws ZodError */
export function auditEffectsOfItem(item: Item): readonly AuditEffect[] {
  if (!(AUDITED_ITEM_TYPES as readonly unknown[]).includes(item.type)) return [];
  const { pk, type } = itemSchema.parse(item);
  const programId = programIdOfPk(pk);
  switch (type) {
    case 'program':
      return effectsOfProgram(programId, item);
    case 'plan': {
      const { version, publishedBy, publishedAt } = planSchema.parse(item);
      return [effect('plan.published', programId, String(version), publishedAt, publishedBy, attributesOf(item))];
    }
    case 'controls_change':
    case 'settings_change':
    case 'policy_change': {
      const { version, by, at } = controlsSchema.parse(item);
      return [effect(CHANGED[type], programId, String(version), at, by, attributesOf(item))];
    }
    case 'rail_change': {
      const { rail, version, by, at } = railChangeSchema.parse(item);
      return [effect('rail.changed', programId, `${rail}~${version}`, at, by, attributesOf(item))];
    }
    case 'adjustment': {
      const { adjustmentId, recordedAt, recordedBy, approvedBy } = adjustmentSchema.parse(item);
      const by = approvedBy ?? recordedBy;
      return [effect('adjustment.recorded', programId, adjustmentId, recordedAt, by, attributesOf(item))];
    }
    case 'adjustment_proposal':
      return effectsOfProposal(programId, item);
    case 'run':
      return auditEffectsOfRun(item);
    case 'decision': {
      const { runId, by, at } = decisionSchema.parse(item);
      return [effect('run.decided', programId, `${runId}~${by}`, at, by, attributesOf(item))];
    }
    case 'payout_hold':
    case 'payout_hold_release': {
      const { holdId, partnerId, by, at } = holdSchema.parse(item);
      const kind = type === 'payout_hold' ? 'payouts.held' : 'payouts.released';
      return [effect(kind, programId, `${partnerId}~${holdId}`, at, by, attributesOf(item))];
    }
    case 'payout': {
      const { status, updatedAt, reservedUntil } = payoutSchema.parse(item);
      const isAudited = status === 'submitted' || status === 'settled' || status === 'failed' || status === 'returned';
      if (!isAudited) return [];
      // What two people found to have settled or come back was accepted in the same transaction: the item never says `submitted`.
      const isImplied = (status === 'settled' || status === 'returned') && reservedUntil === updatedAt;
      const submitted = isImplied ? [effectOfPayout(item, 'submitted', updatedAt)] : [];
      return [...submitted, effectOfPayout(item, status, updatedAt)];
    }
    case 'payout_resolution':
      return auditEffectsOfResolution(item);
  }
}

/** A payout in a state that it has, or has had at `at`. */
export function effectOfPayout(
  item: Item,
  status: 'submitted' | 'settled' | 'failed' | 'returned',
  at: Instant,
): AuditEffect {
  const { payoutId } = payoutSchema.parse(item);
  const { pk } = itemSchema.parse(item);
  const isOver = status === 'failed' || status === 'returned';
  const names = [...PAYOUT_CONTENT, ...(isOver ? ['reason'] : [])];
  const content = { status, ...attributesOf(item, (name) => names.includes(name)) };
  return effect(`payout.${status}`, programIdOfPk(pk), payoutId, at, PAYING, content);
}

/** A programme with what its money follows from, as it was created. Once its controls have changed, the item says them no more. */
function effectsOfProgram(programId: string, item: Item): readonly AuditEffect[] {
  const { createdAt, createdBy, controlsVersion } = programSchema.parse(item);
  if (controlsVersion > 0) return [];
  const content = attributesOf(item, (name) => PROGRAM_CONTENT.includes(name));
  return [effect('program.created', programId, programId, createdAt, createdBy, content)];
}

/** The proposal as it was made, and its refusal; its approval is a fact of its own. */
function effectsOfProposal(programId: string, item: Item): readonly AuditEffect[] {
  const { adjustmentId, recordedBy, proposedAt, status, decision } = proposalSchema.parse(item);
  const proposed = attributesOf(item, (name) => name !== 'status' && name !== 'decision');
  const effects = [effect('adjustment.proposed', programId, adjustmentId, proposedAt, recordedBy, proposed)];
  if (status === 'declined' && decision) {
    const content = attributesOf(item, (name) => ['adjustmentId', 'status', 'decision'].includes(name));
    effects.push(effect('adjustment.declined', programId, adjustmentId, decision.at, decision.by, content));
  }
  return effects;
}

function effect(
  kind: AuditKind,
  programId: string,
  subjectId: string,
  occurredAt: Instant,
  recordedBy: string,
  content: { readonly [name: string]: Plain },
): AuditEffect {
  return { kind, programId, subjectId, occurredAt, recordedBy, content };
}

/** What an item says, without where it is kept, and without the address that controls once held: records are for ever. */
export function attributesOf(
  item: Item,
  wanted: (name: string) => boolean = () => true,
): { readonly [name: string]: Plain } {
  const named = Object.entries(item).filter(([name]) => !PLACE.has(name) && wanted(name));
  return Object.fromEntries(named.map(([name, value]) => [name, withoutContact(value)])) as {
    readonly [name: string]: Plain;
  };
}

function withoutContact(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('escalationEmail' in value)) return value;
  const { escalationEmail: _, ...rest } = value;
  return rest;
}
