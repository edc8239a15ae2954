import type { PayeeChangesReader } from '#shared/application/payee-changes';
import type { AdjustmentStore, PayoutRuns, ProgramStore } from '#shared/application/payouts/ports';
import type { Program } from '#shared/application/programs';
import type { ReattributorsReader } from '#shared/application/reattributors';
import type { Exclusion, PayoutRun } from '#shared/domain/run/payout-run';
import { previousPeriod } from '#shared/domain/time/calendar';
import type { Instant } from '#shared/domain/time/instant';

export type RunExclusionsDeps = {
  readonly runs: Pick<PayoutRuns, 'latestOf'>;
  readonly adjustments: Pick<AdjustmentStore, 'makers'>;
  readonly reattributors: ReattributorsReader;
  readonly payeeChanges: PayeeChangesReader;
  readonly controls: Pick<ProgramStore, 'controlsChanges'>;
};

type Actor = { readonly by: string; readonly onBehalfOf?: string | undefined };

/**
 * Everybody who cannot approve a run, with the first reason (design.md, Closing a month): who opened it, let money into its
 * month by an adjustment or a re-attribution, or changed a payee since the last run was opened or controls from then until
 * this one was summarised. An API key counts for the person who made it too. `until`: as it was at that instant.
 */
export async function exclusionsOf(
  deps: RunExclusionsDeps,
  program: Pick<Program, 'createdAt'>,
  run: PayoutRun,
  until?: Instant,
): Promise<ReadonlyMap<string, Exclusion>> {
  const { programId, period } = run;
  const exclusions = new Map<string, Exclusion>();
  const exclude = (exclusion: Exclusion, ...people: readonly (string | undefined)[]): void => {
    for (const id of people) if (id !== undefined && !exclusions.has(id)) exclusions.set(id, exclusion);
  };
  const excludeActors = (exclusion: Exclusion, actors: readonly Actor[]): void =>
    exclude(exclusion, ...actors.flatMap(({ by, onBehalfOf }) => [by, onBehalfOf]));
  exclude('opened_the_run', run.openedBy, run.onBehalfOf);
  exclude('made_an_adjustment', ...(await deps.adjustments.makers(programId, period)));
  excludeActors('reattributed_a_sale', await deps.reattributors.inPeriod(programId, period));
  const since = await openingBefore(deps.runs, program, run);
  const payees = await deps.payeeChanges.since(programId, since);
  excludeActors(
    'changed_a_payee',
    payees.filter(({ at }) => until === undefined || at <= until),
  );
  const controls = await deps.controls.controlsChanges(programId, since);
  const { summarisedAt } = run;
  excludeActors(
    'changed_controls',
    controls.filter(({ at }) => summarisedAt === undefined || at <= summarisedAt),
  );
  return exclusions;
}

/** When the run before was opened; for the first one, when the programme was created. */
export async function openingBefore(
  runs: Pick<PayoutRuns, 'latestOf'>,
  { createdAt }: Pick<Program, 'createdAt'>,
  { programId, period }: Pick<PayoutRun, 'programId' | 'period'>,
): Promise<Instant> {
  return (await runs.latestOf(programId, previousPeriod(period)))?.openedAt ?? createdAt;
}
