import { Failure } from '#shared/application/failure';
import type {
  Application,
  ApplicationDecision,
  ApplicationStore,
} from '#shared/application/partners/applications/ports';
import { findLive } from '#shared/application/partners/applications/read-applications';
import type { AgreementTerms } from '#shared/application/partners/draft-agreement';
import type { EnrolWith } from '#shared/application/partners/enrol-partner';
import { componentsToText } from '#shared/application/payouts/plans/plan-text';
import type { Clock, Digest } from '#shared/application/ports';
import { DECLINED_KEPT_DAYS, lapseAfter } from '#shared/domain/partner/application';
import type { Component } from '#shared/domain/plan/plan';
import { toInstant } from '#shared/domain/time/instant';

type Accept = AgreementTerms & {
  readonly decision: 'accept';
  readonly partnerId?: string | undefined;
  readonly name?: string | undefined;
  readonly tier: string;
};
type Decline = { readonly decision: 'decline'; readonly reason: string; readonly message?: string | undefined };
export type DecideApplication = {
  readonly programId: string;
  readonly applicationId: string;
  readonly wish: Accept | Decline;
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
};

type Deps = {
  readonly applications: Pick<ApplicationStore, 'find' | 'save'>;
  readonly enrol: EnrolWith;
  readonly clock: Clock;
  readonly digest: Digest;
};
type Decided = { readonly application: Application; readonly repeated: boolean };

/**
 * Accepts or declines an application that waits. Accepting enrols the partner as enrol-partner does, in one write with the
 * decision, so that of two people who decide at once one alone does.
 * @throws Failure not_found, application_not_waiting, and whatever enrolling refuses
 */
export function makeDecideApplication(deps: Deps) {
  return async (input: DecideApplication): Promise<Decided> => {
    const { programId, applicationId, wish } = input;
    const requestHash = hashOf(deps.digest, wish);
    const application = await findLive(deps, programId, applicationId);
    if (application.status !== 'waiting') return settled(application, input, requestHash);
    try {
      const decided =
        wish.decision === 'accept'
          ? await accept(deps, application, wish, { ...input, requestHash })
          : await decline(deps, application, wish, { ...input, requestHash });
      if (decided) return { application: decided, repeated: false };
    } catch (error) {
      // Whatever the enrolment ran into may be that somebody else, or this very request before, has decided meanwhile.
      const now = await findLive(deps, programId, applicationId);
      if (now.status === 'waiting') throw error;
      return settled(now, input, requestHash);
    }
    return settled(await findLive(deps, programId, applicationId), input, requestHash);
  };
}

type Decider = Pick<DecideApplication, 'by' | 'onBehalfOf'> & { readonly requestHash: string };

async function accept(
  { applications, enrol, clock }: Deps,
  application: Application,
  { decision, partnerId: chosen, name, ...terms }: Accept,
  { by, onBehalfOf, requestHash }: Decider,
): Promise<Application | undefined> {
  const { programId, applicationId, email, country } = application;
  const partnerId = chosen ?? applicationId;
  const accepted: Application = {
    ...application,
    status: 'accepted',
    decision: { decision, partnerId, ...madeBy({ by, onBehalfOf, requestHash }, clock) },
  };
  const { repeated } = await enrol(
    { ...terms, programId, partnerId, name: name ?? application.name, email, country, by, onBehalfOf },
    { application: accepted },
  );
  // Enrolled before with the very same terms, by another way: the decision is still to be written.
  if (repeated && (await applications.save(accepted)) === 'stale') return undefined;
  return { ...accepted, version: accepted.version + 1 };
}

async function decline(
  { applications, clock }: Deps,
  application: Application,
  { decision, reason, message }: Decline,
  decider: Decider,
): Promise<Application | undefined> {
  const words = message === undefined ? { reason } : { reason, message };
  const declined: Application = {
    ...application,
    status: 'declined',
    decision: { decision, ...words, ...madeBy(decider, clock) },
    lapsesAt: lapseAfter(DECLINED_KEPT_DAYS, clock()),
  };
  const isSaved = (await applications.save(declined)) === 'saved';
  return isSaved ? { ...declined, version: declined.version + 1 } : undefined;
}

function madeBy(
  { by, onBehalfOf, requestHash }: Decider,
  clock: Clock,
): Pick<ApplicationDecision, 'at' | 'by' | 'requestHash' | 'onBehalfOf'> {
  return { at: toInstant(clock()), by, requestHash, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
}

/** @throws Failure application_not_waiting */
function settled(application: Application, { by }: DecideApplication, requestHash: string): Decided {
  const { status, decision } = application;
  if (decision && status !== 'waiting' && decision.by === by && decision.requestHash === requestHash) {
    return { application, repeated: true };
  }
  if (!decision || status === 'unconfirmed') {
    const extra = { applicationStatus: status };
    throw new Failure('application_not_waiting', 'The applicant has not confirmed its e-mail address yet.', { extra });
  }
  const { at: decidedAt, by: decidedBy } = decision;
  throw new Failure('application_not_waiting', `It was ${status} at ${decidedAt}. Open it again to see by whom.`, {
    extra: { applicationStatus: status, decidedAt, decidedBy },
  });
}

function hashOf(digest: Digest, wish: Accept | Decline): string {
  const { components, ...rest } = 'components' in wish ? wish : { ...wish, components: undefined };
  const sorted = Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return digest(JSON.stringify([sorted, components ? componentsToText(components as readonly Component[]) : null]));
}
