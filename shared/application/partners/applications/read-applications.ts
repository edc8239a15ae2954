import { Failure } from '#shared/application/failure';
import type { Application, ApplicationStore } from '#shared/application/partners/applications/ports';
import { MAX_WAITING } from '#shared/application/partners/applications/receive-application';
import type { PeopleReader } from '#shared/application/partners/ports';
import type { Clock, Page } from '#shared/application/ports';
import { type ApplicationStatus, hasLapsed } from '#shared/domain/partner/application';

export type Waiting = { readonly count: number; readonly more: boolean };

/** How many applications wait for a decision; cheap enough for a dashboard. */
export function makeCountWaiting({ applications }: { readonly applications: Pick<ApplicationStore, 'countWaiting'> }) {
  return async ({ programId }: { readonly programId: string }): Promise<Waiting> => {
    const count = await applications.countWaiting(programId, MAX_WAITING);
    return { count, more: count >= MAX_WAITING };
  };
}

/** Applications of one status, the oldest first, without those that have lapsed: a page may be shorter for it. */
export function makeListApplications(deps: {
  readonly applications: Pick<ApplicationStore, 'list' | 'countWaiting'>;
  readonly clock: Clock;
}) {
  const countWaiting = makeCountWaiting(deps);
  return async (asked: {
    readonly programId: string;
    readonly status: ApplicationStatus;
    readonly cursor?: string | undefined;
    readonly limit: number;
  }): Promise<Page<Application> & { readonly waiting: Waiting }> => {
    const { programId, status, ...page } = asked;
    const [found, waiting] = await Promise.all([
      deps.applications.list(programId, status, page),
      countWaiting({ programId }),
    ]);
    const nowMs = deps.clock();
    return { ...found, items: found.items.filter((one) => !hasLapsed(one, nowMs)), waiting };
  };
}

/** An application, and whom its address belongs to already: for staff, and never for the applicant. @throws Failure not_found */
export function makeGetApplication(deps: {
  readonly applications: Pick<ApplicationStore, 'find'>;
  readonly people: Pick<PeopleReader, 'partnersByEmailHash'>;
  readonly clock: Clock;
}) {
  return async ({ programId, applicationId }: { readonly programId: string; readonly applicationId: string }) => {
    const application = await findLive(deps, programId, applicationId);
    const known = await deps.people.partnersByEmailHash(application.emailHash);
    const partnerIds = known.filter((one) => one.programId === programId).map(({ partnerId }) => partnerId);
    return { application, partnerIds };
  };
}

/** @throws Failure not_found */
export async function findLive(
  deps: { readonly applications: Pick<ApplicationStore, 'find'>; readonly clock: Clock },
  programId: string,
  applicationId: string,
): Promise<Application> {
  const application = await deps.applications.find(programId, applicationId);
  if (!application || hasLapsed(application, deps.clock())) {
    throw new Failure('not_found', 'There is no such application; one that was not confirmed in time is gone.');
  }
  return application;
}
