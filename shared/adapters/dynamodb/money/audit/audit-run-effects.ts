import * as z from 'zod';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { runOfItem } from '#shared/adapters/dynamodb/money/runs/run-item';
import type { AuditEffect } from '#shared/application/payouts/proof/audit-effects';
import type { AuditKind } from '#shared/domain/audit/audit-chain';
import type { Plain } from '#shared/domain/audit/canonical-json';
import type { Instant } from '#shared/domain/time/instant';

/** Nobody reminds, and nobody lets a run expire: its time does. */
const WORKFLOW = 'system:payout-run';

const markSchema = z.looseObject({ isRecorded: z.boolean().default(false) });
const expirySchema = z.looseObject({ failures: z.array(z.looseObject({ at: instantField })).min(1) });

/**
 * What a run's item must have in the audit chain: its opening, each reminder and its expiry, each with what is fixed from then on. The
 * decisions on it are items of their own.
 */
export function auditEffectsOfRun(item: Readonly<Record<string, unknown>>): readonly AuditEffect[] {
  const run = runOfItem(item);
  const { programId, runId, period, attempt, openedBy, onBehalfOf, openedAt } = run;
  const effect = (kind: AuditKind, subjectId: string, at: Instant, by: string, content: Plain): AuditEffect => ({
    kind,
    programId,
    subjectId,
    occurredAt: at,
    recordedBy: by,
    content,
  });
  const opened = { runId, period, attempt, openedBy, onBehalfOf, openedAt };
  const effects = [effect('run.opened', runId, openedAt, openedBy, opened)];
  for (const { afterHours, at, approvals } of run.reminders ?? []) {
    const content = { runId, afterHours, at, approvals };
    effects.push(effect('run.reminded', `${runId}~${afterHours}`, at, WORKFLOW, content));
  }
  if (run.status === 'expired') {
    const at = expirySchema.parse(item).failures.at(-1)?.at ?? openedAt;
    const { contentHash, approvalsRequired, policyVersion, given, decisionTimes } = run;
    const content = { runId, period, attempt, contentHash, approvalsRequired, policyVersion, given, decisionTimes, at };
    effects.push(effect('run.expired', runId, at, WORKFLOW, content as Plain));
  }
  return effects;
}

/** Whether the records of a run may be missing: it is from before runs had any. */
export function isRunBeforeRecords(item: Readonly<Record<string, unknown>>): boolean {
  return !markSchema.parse(item).isRecorded;
}
