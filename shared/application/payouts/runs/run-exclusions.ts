import type { RoleChanges } from '#shared/application/partners/people/people-ports';
import type { TierSchemeChanges } from '#shared/application/partners/tiers/tier-schemes';
import type { PayeeChangesReader } from '#shared/application/payee-changes';
import type { PayoutHolds } from '#shared/application/payouts/holds/payout-hold-ports';
import type {
  AdjustmentStore,
  PayoutRuns,
  PolicyChange,
  ProgramStore,
  SettingsChange,
} from '#shared/application/payouts/ports';
import type { RailChanges } from '#shared/application/payouts/rails/rail-setup';
import type { Program } from '#shared/application/programs';
import type { ReattributorsReader } from '#shared/application/reattributors';
import type { Exclusion, PayoutRun } from '#shared/domain/run/payout-run';
import { previousPeriod } from '#shared/domain/time/calendar';
import { type Instant, toEpochMs, toInstant } from '#shared/domain/time/instant';
import { type AlsoExcludedDeps, alsoExcluded } from './also-excluded.ts';
import { policyOfRun } from './policy-of-run.ts';

export type RunExclusionsDeps = {
  readonly runs: Pick<PayoutRuns, 'latestOf'>;
  readonly adjustments: Pick<AdjustmentStore, 'makers'>;
  readonly reattributors: ReattributorsReader;
  readonly payeeChanges: PayeeChangesReader;
  readonly controls: Pick<ProgramStore, 'controlsChanges' | 'settingsChanges' | 'policyChanges'>;
  readonly holds: Pick<PayoutHolds, 'all'>;
  readonly railChanges: Pick<RailChanges, 'all'>;
  readonly tierSchemes: TierSchemeChanges;
  readonly roleChanges: RoleChanges;
  /** Asked only for whom the policy excludes besides. */
  readonly also: AlsoExcludedDeps;
};

const MS_PER_HOUR = 3_600_000;

const BY_KIND = {
  reattribution: 'reattributed_a_sale',
  release: 'released_a_sale',
  binding: 'bound_a_customer',
} as const;

type Actor = { readonly by: string; readonly onBehalfOf?: string | undefined };

/**
 * Everybody who cannot approve a run, with the first reason (design.md, Closing a month): who opened it, let money into its
 * month by an adjustment, a re-attribution or a release, or changed a payee since the last run was opened or so shortly before that the payee still cooled down, or released a partner's payouts or changed controls, the account that a rail pays from, the payout policy, what tiers ask for or settings that decide money from
 * then until this one was summarised, or gave anybody a role that decides money from then on; then whom the policy excludes besides (`alsoExcluded`). An API key counts for the person who made it too. `until`: as it was at that instant.
 */
export async function exclusionsOf(
  deps: RunExclusionsDeps,
  program: Pick<Program, 'programId' | 'createdAt' | 'approvals' | 'payouts' | 'policyVersion'>,
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
  for (const { kind, ...actor } of await deps.reattributors.inPeriod(programId, period)) {
    excludeActors(BY_KIND[kind ?? 'reattribution'], [actor]);
  }
  const since = await openingBefore(deps.runs, program, run);
  const policies = await deps.controls.policyChanges(programId, since);
  const payees = await deps.payeeChanges.since(programId, restingSince(since, program, policies));
  excludeActors(
    'changed_a_payee',
    payees.filter(({ at, usableFrom = at }) => usableFrom >= since && (until === undefined || at <= until)),
  );
  const { summarisedAt } = run;
  const isBefore = ({ at }: { readonly at: Instant }): boolean => summarisedAt === undefined || at <= summarisedAt;
  // The review reads holds some time after its run's summary has begun: what it saw released is what the run pays.
  const seen = run.review?.asOf;
  const releases = await releasesSince(deps.holds, programId, since);
  excludeActors(
    'released_payouts',
    releases.filter((release) => (seen === undefined ? isBefore(release) : release.at <= seen)),
  );
  excludeActors('changed_controls', (await deps.controls.controlsChanges(programId, since)).filter(isBefore));
  const settings = (await deps.controls.settingsChanges(programId, since)).filter(isBefore);
  excludeActors('changed_settings', settings.filter(decidesMoney));
  // A change may be younger than the beginning of the summary that it holds for.
  const holds = ({ version }: PolicyChange): boolean => version <= (run.policyVersion ?? 0);
  excludeActors(
    'changed_policy',
    policies.filter((change) => isBefore(change) || holds(change)),
  );
  const rails = (await deps.railChanges.all(programId)).filter((change) => change.at >= since && isBefore(change));
  excludeActors('changed_a_rail', rails);
  excludeActors('changed_tiers', (await deps.tierSchemes.since(programId, since)).filter(isBefore));
  // Also while the run waits: else an admin makes the second approver that is missing, and is both.
  const givers = await deps.roleChanges.giversSince(programId, since);
  excludeActors(
    'gave_a_role',
    givers.filter(({ at }) => until === undefined || at <= until),
  );
  const { payouts } = await policyOfRun(deps.controls, program, run);
  for (const [exclusion, people] of await alsoExcluded(deps.also, payouts.alsoExcluded, run, since)) {
    exclude(exclusion, ...people);
  }
  return exclusions;
}

/**
 * From when on payees were changed that may have cooled down still when the run before was opened: this one is the first that pays
 * them, and whoever changed them must not approve it.
 */
function restingSince(
  since: Instant,
  { payouts }: Pick<Program, 'payouts'>,
  policies: readonly Pick<PolicyChange, 'before'>[],
): Instant {
  const hours = [payouts, ...policies.map(({ before }) => before.payouts)].map((rules) => rules.payeeCooldownHours);
  return toInstant(toEpochMs(since) - Math.max(...hours) * MS_PER_HOUR);
}

async function releasesSince(
  holds: Pick<PayoutHolds, 'all'>,
  programId: string,
  since: Instant,
): Promise<readonly (Actor & { readonly at: Instant })[]> {
  const found = [];
  for await (const { release } of holds.all(programId)) if (release && release.at >= since) found.push(release);
  return found;
}

/** Who a sale belongs to and whether it is held is money; where a link leads and in which language a page speaks is not. */
function decidesMoney({ before, after }: SettingsChange): boolean {
  const money = ({ attribution, fraud, tracking }: SettingsChange['after']): string =>
    JSON.stringify([attribution, fraud, tracking.paidSearch]);
  return money(before) !== money(after);
}

/** When the run before was opened; for the first one, when the programme was created. */
export async function openingBefore(
  runs: Pick<PayoutRuns, 'latestOf'>,
  { createdAt }: Pick<Program, 'createdAt'>,
  { programId, period }: Pick<PayoutRun, 'programId' | 'period'>,
): Promise<Instant> {
  return (await runs.latestOf(programId, previousPeriod(period)))?.openedAt ?? createdAt;
}
