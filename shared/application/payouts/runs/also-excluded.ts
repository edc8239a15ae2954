import type { ApiKeyMaker, ApiKeyMakers } from '#shared/application/api-key-makers';
import type { PlanStore } from '#shared/application/payouts/ports';
import type { AlsoExcluded, Exclusion, PayoutRun } from '#shared/domain/run/payout-run';
import type { Instant } from '#shared/domain/time/instant';

const A_PAGE = 100;

export type AlsoExcludedDeps = {
  readonly plans: Pick<PlanStore, 'list'>;
  readonly apiKeyMakers: ApiKeyMakers;
};

/**
 * People that the policy excludes from approving a run, each with the reason:
 * - `published_a_plan`: who published a version of a plan of this programme until the run was summarised. Which versions pay a month
 *   differs by partner, so all of them count; who published one by an API key is the person who made the key.
 * - `created_an_api_key`: who made an API key that could write to this programme between `since`, the opening of the run before, and
 *   the close of this one, whether or not it did.
 */
export async function alsoExcluded(
  deps: AlsoExcludedDeps,
  kinds: readonly AlsoExcluded[],
  run: PayoutRun,
  since: Instant,
): Promise<readonly (readonly [Exclusion, readonly string[]])[]> {
  if (kinds.length === 0) return [];
  const keys = await deps.apiKeyMakers.all();
  const found: (readonly [Exclusion, readonly string[]])[] = [];
  if (kinds.includes('published_a_plan')) {
    found.push(['published_a_plan', peopleBehind(keys, await publishersOf(deps.plans, run))]);
  }
  if (kinds.includes('created_an_api_key')) {
    found.push(['created_an_api_key', keys.filter((key) => couldWrite(key, run, since)).flatMap(makersOf)]);
  }
  return found;
}

async function publishersOf(plans: Pick<PlanStore, 'list'>, run: PayoutRun): Promise<readonly string[]> {
  const publishers = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await plans.list(run.programId, { cursor, limit: A_PAGE });
    for (const { publishedBy, publishedAt } of page.items) {
      if (run.summarisedAt === undefined || publishedAt <= run.summarisedAt) publishers.add(publishedBy);
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return [...publishers];
}

function peopleBehind(keys: readonly ApiKeyMaker[], principals: readonly string[]): readonly string[] {
  const byPrincipal = new Map(keys.map((key) => [`key:${key.keyId}`, makersOf(key)]));
  return principals.flatMap((principal) => [principal, ...(byPrincipal.get(principal) ?? [])]);
}

function makersOf({ createdBy, onBehalfOf }: ApiKeyMaker): readonly string[] {
  return onBehalfOf === undefined ? [createdBy] : [createdBy, onBehalfOf];
}

function couldWrite(key: ApiKeyMaker, { programId, openedAt }: PayoutRun, since: Instant): boolean {
  const reaches = key.programId === undefined || key.programId === programId;
  return reaches && key.createdAt <= openedAt && (key.revokedAt === undefined || key.revokedAt >= since);
}
