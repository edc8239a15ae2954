import { SUMMED_KINDS, salesRhythm } from '#shared/application/notifications/cadences';
import type { Outbox } from '#shared/application/notifications/outbox';
import type { Habits } from '#shared/application/notifications/plan-delivery';
import {
  type Preferences,
  partnerOf,
  partnerRecipient,
  type StoredChoices,
  USUAL_DIGEST_HOUR,
} from '#shared/application/notifications/preferences';
import type { SalesBetween } from '#shared/application/notifications/sales-between';
import { spansOf, sumSales } from '#shared/application/notifications/summed-sales';
import type { PartnerStore } from '#shared/application/partners/ports';
import { forEachConcurrently } from '#shared/application/payouts/concurrency';
import type { Log } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import { type EpochMs, toEpochMs, toInstant } from '#shared/domain/time/instant';
import { type DigestRhythm, lastDigestBy } from '#shared/domain/time/reading-hours';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A sale that is being recorded, or not yet in the index, is in the next sum. */
const SETTLE_MS = 5 * MINUTE_MS;
/** What one digest sums up at most. */
const LONGEST_MS: Readonly<Record<DigestRhythm, EpochMs>> = { daily: 31 * 24 * HOUR_MS, monthly: 93 * 24 * HOUR_MS };
/** Each reads a handful of items. */
const PARTNERS_AT_ONCE = 16;

/**
 * Sums up the sales of each partner whose digest has become due since the last look, from the facts, and puts them into its
 * digest: nothing is written for a sale, nor for a partner without any. Each sale is in one sum, whatever falls out: sums go on
 * where the last one ended.
 */
export function makePlanDigests(deps: {
  readonly partners: Pick<PartnerStore, 'standings'>;
  readonly preferences: Pick<Preferences, 'list'>;
  readonly programs: Pick<ProgramReader, 'zone'>;
  readonly outbox: Pick<Outbox, 'addSales' | 'salesThrough' | 'plannedThrough' | 'savePlanned'>;
  readonly sales: SalesBetween;
  readonly log: Log;
}) {
  const { outbox, preferences, log } = deps;

  return async (program: Program, nowMs: EpochMs): Promise<{ readonly planned: number }> => {
    const { programId } = program;
    const planned = await outbox.plannedThrough(programId);
    const sinceMs = planned === undefined ? nowMs - HOUR_MS : toEpochMs(planned);
    let count = 0;
    await forEachConcurrently(partnersDue(program, sinceMs, nowMs), PARTNERS_AT_ONCE, async (due) => {
      try {
        if (await planOne(program, due)) count += 1;
      } catch (error) {
        // Its sales are in the next sum.
        log.error('the sales of a partner could not be summed up', { programId, error: String(error) });
      }
    });
    await outbox.savePlanned(programId, toInstant(nowMs));
    return { planned: count };
  };

  async function* partnersDue(program: Program, sinceMs: EpochMs, nowMs: EpochMs): AsyncIterable<Due> {
    const { programId } = program;
    const chosen = new Set<string>();
    for await (const { recipientId, choices } of preferences.list(programId)) {
      const partnerId = partnerOf(recipientId);
      if (partnerId === undefined) continue;
      chosen.add(partnerId);
      const due = dueOf(habitsOf(program, choices), partnerId, sinceMs, nowMs);
      if (due) yield due;
    }
    // Everybody else has the same hour, so that partners are listed once a day.
    const usual = dueOf(habitsOf(program, undefined), '', sinceMs, nowMs);
    if (!usual) return;
    for await (const { partnerId } of deps.partners.standings(programId, {})) {
      if (!chosen.has(partnerId)) yield { ...usual, partnerId };
    }
  }

  function habitsOf(program: Program, choices: StoredChoices | undefined): Known {
    return { choices, zone: deps.programs.zone(choices?.timeZone ?? program.timeZone) };
  }

  async function planOne(program: Program, due: Due): Promise<boolean> {
    const { programId } = program;
    const { partnerId, rhythm, atMs, habits } = due;
    const recipientId = partnerRecipient(partnerId);
    const after = await outbox.salesThrough(programId, recipientId);
    const fromMs = startOf(due, after === undefined ? undefined : toEpochMs(after));
    const toMs = atMs - SETTLE_MS;
    if (fromMs >= toMs) return false;
    const read = (startMs: EpochMs, endMs: EpochMs) => deps.sales(program, partnerId, startMs, endMs);
    const found = await sumSales(read, habits.choices, fromMs, toMs);
    if (found.recorded + found.held === 0) return false;
    const digest = {
      type: 'digest',
      recipientId,
      rhythm,
      from: toInstant(fromMs),
      to: toInstant(atMs),
      sales: found,
    } as const;
    return (await outbox.addSales({ programId, digest, after, through: toInstant(toMs) })) === 'added';
  }
}

type Known = Omit<Habits, 'choices'> & { readonly choices: StoredChoices | undefined };
type Due = {
  readonly partnerId: string;
  readonly rhythm: DigestRhythm;
  readonly atMs: EpochMs;
  readonly habits: Known;
};

/** The last digest of a partner's sales that became due after `sinceMs`: after an outage of days there is one, with all of them. */
function dueOf(habits: Known, partnerId: string, sinceMs: EpochMs, nowMs: EpochMs): Due | undefined {
  const rhythm = salesRhythm(habits.choices) ?? restOf(habits.choices, nowMs);
  if (rhythm === undefined) return undefined;
  const atMs = lastBy(habits, rhythm, nowMs);
  return atMs > sinceMs ? { partnerId, rhythm, atMs, habits } : undefined;
}

/**
 * Where the last sum ended. Before the first one as far back as a digest goes: however often hour, zone and rhythm were changed
 * meanwhile, no sale lies between.
 */
function startOf({ rhythm, atMs }: Due, afterMs: EpochMs | undefined): EpochMs {
  const longestMs = atMs - LONGEST_MS[rhythm];
  return Math.max(afterMs ?? longestMs, longestMs);
}

function lastBy({ choices, zone }: Known, rhythm: DigestRhythm, ms: EpochMs): EpochMs {
  return lastDigestBy(ms, rhythm, choices?.digestHour ?? USUAL_DIGEST_HOUR, zone);
}

/** Of a reader who is told one by one from now on: what was to be summed up until then comes with the next day. */
function restOf(choices: StoredChoices | undefined, nowMs: EpochMs): 'daily' | undefined {
  const ends = SUMMED_KINDS.flatMap((kind) => spansOf(kind, choices).flatMap(({ until }) => until ?? []));
  return ends.some((until) => toEpochMs(until) > nowMs - LONGEST_MS.daily) ? 'daily' : undefined;
}
