import type * as z from 'zod';
import type { Tone } from '#console/ui/parts';
import type { auditVerificationSchema } from '#shared/contracts/payouts/audit/audit-verification';
import { AUDIT_KINDS, type AuditKind } from '#shared/domain/audit/audit-chain';
import { parseRunId } from '#shared/domain/ledger/money-ids';

export type Verification = z.output<typeof auditVerificationSchema>;
type Proof = Verification['proved'][number];

const KINDS: Partial<Readonly<Record<AuditKind, string>>> = {
  'program.created': 'Programme created',
  'plan.published': 'Plan published',
  'controls.changed': 'Controls changed',
  'settings.changed': 'Settings changed',
  'policy.changed': 'Payout policy changed',
  'rail.changed': 'Way of paying changed',
  'adjustment.proposed': 'Adjustment proposed',
  'adjustment.recorded': 'Adjustment recorded',
  'adjustment.declined': 'Adjustment declined',
  'run.opened': 'Payout run opened',
  'run.reminded': 'Approvers reminded',
  'run.decided': 'Payout run decided',
  'run.expired': 'Payout run expired',
  'payee.changed': 'Bank details changed',
  'payouts.held': 'Payouts held',
  'payouts.released': 'Payouts released',
  'payout.submitted': 'Payout submitted',
  'payout.settled': 'Payout settled',
  'payout.failed': 'Payout failed',
  'payout.returned': 'Payout returned',
  'payout.resolution_proposed': 'Payout outcome proposed',
  'payout.resolved': 'Payout outcome confirmed',
  'payout.resolution_declined': 'Payout outcome declined',
  'dispute.decided': 'Dispute decided',
  'roles.changed': 'Roles changed',
  'agreement.recorded': 'Agreement recorded',
  'agreement.accepted': 'Agreement accepted',
  'agreement.renewed': 'Agreement renewed',
  'agreement.terminated': 'Agreement terminated',
  'tier.assigned': 'Tier assigned',
  'tier_scheme.changed': 'Tier conditions changed',
  'certification.recorded': 'Certification recorded',
  'certification.revoked': 'Certification revoked',
};

/** What a kind of record is called; one without a name of its own in its own words. */
export function kindName(kind: AuditKind): string {
  const words = kind.replaceAll(/[._]/g, ' ');
  return KINDS[kind] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

export const AUDIT_KIND_OPTIONS = [
  ['', 'Everything'],
  ...AUDIT_KINDS.map((kind) => [kind, kindName(kind)] as const).toSorted(([, a], [, b]) => (a < b ? -1 : 1)),
] as const;

/** The partner that a record is about, as its subject names it. */
export function partnerOfSubject(kind: AuditKind, subjectId: string): string | undefined {
  if (kind.startsWith('payout.')) return /^po~[^~]+~([^~]+)~/.exec(subjectId)?.[1];
  return /^(agreement|tier|certification|payee|payouts)\./.test(kind) ? subjectId.split('~')[0] : undefined;
}

/** What a record is about, in words where there are some. */
export function subjectWords(
  kind: AuditKind,
  subjectId: string,
  { period, partner }: { readonly period: (period: string) => string; readonly partner: (partnerId: string) => string },
): string {
  const runId = /^(?:po~)?(\d{4}-\d{2}\.\d+)(?=~|$)/.exec(subjectId)?.[1];
  const run = runId && parseRunId(runId);
  const month = run && `${period(run.period)}${run.attempt > 1 ? `, attempt ${run.attempt}` : ''}`;
  const partnerId = partnerOfSubject(kind, subjectId);
  if (partnerId !== undefined) return [partner(partnerId), month].filter(Boolean).join(', ');
  return kind.startsWith('run.') && month ? month : subjectId;
}

/** Where the thing that a record is about has its page, below the programme's address. */
export function pageOfSubject(kind: AuditKind, subjectId: string): string | undefined {
  const id = encodeURIComponent;
  if (kind.startsWith('payout.')) {
    const payoutId = /^po~[^~]+~[^~]+~[A-Z]{3}/.exec(subjectId)?.[0];
    return payoutId && `/payouts/${id(payoutId)}`;
  }
  if (kind.startsWith('run.')) return `/runs/${id(subjectId.split('~')[0] ?? '')}`;
  if (kind.startsWith('adjustment.')) return `/adjustments/${id(subjectId)}`;
  if (kind === 'dispute.decided') return `/disputes/${id(subjectId)}`;
  if (kind === 'plan.published') return '/plans';
  if (kind === 'roles.changed') return '/people';
  if (/^(controls|settings|policy|rail)\./.test(kind)) return '/settings';
  const partnerId = partnerOfSubject(kind, subjectId);
  return partnerId && `/partners/${id(partnerId)}`;
}

const STATUSES: Readonly<Record<Verification['status'], readonly [Tone, string]>> = {
  equal: ['good', 'Everything that was checked holds'],
  different: ['bad', 'Something does not hold'],
  unfinished: ['attention', 'Not finished'],
};
export const statusWord = (status: Verification['status']): readonly [Tone, string] => STATUSES[status];

const PROOFS: Readonly<Record<Proof, string>> = {
  chain_links: 'Every record follows the one before it, and none was changed.',
  chain_end: 'The chain ends where it says it ends.',
  earlier_heads: 'It passes through what earlier verifications saw, so it was not written anew.',
  period_statements: 'The month’s statements come out the same when they are computed again from their facts.',
  period_approvals: 'The right people approved exactly what was paid.',
  period_journal: 'Journal entries, payouts and balances follow from those statements.',
  effects_recorded: 'Everything that is stored has its record and says the same.',
  other_periods: 'All other closed months.',
  tier_reviews: 'Partners’ tiers, from the facts as they were known.',
};
export const proofWords = (proof: Proof): string => PROOFS[proof];

const FIELDS: Readonly<Record<NonNullable<Verification['chain']['broken']>['field'], string>> = {
  programId: 'it belongs to another programme',
  sequence: 'a record is missing before it, or was put in',
  previousHash: 'it does not follow the record before it',
  hash: 'its content is not what was recorded',
  head: 'the chain does not end where it says',
  kept: 'the chain does not pass through a head that was kept',
};
export const breakWords = (field: keyof typeof FIELDS): string => FIELDS[field];
