import { Failure } from '#shared/application/failure';
import type { Suppression, Suppressions } from '#shared/application/notifications/suppressions';
import type { PartnerStore, PeopleReader } from '#shared/application/partners/ports';
import type { Clock, Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { toInstant } from '#shared/domain/time/instant';

export type MailProblem = Suppression & {
  /** Who has the address; empty for one of the people who run the programme, or one that nobody has any more. */
  readonly partners: readonly { readonly partnerId: string; readonly name: string }[];
};

/** Who gets no e-mail and since when, the newest first; their inbox still gets everything. @throws Failure unknown_program */
export function makeListMailProblems(deps: {
  readonly suppressions: Pick<Suppressions, 'list'>;
  readonly people: Pick<PeopleReader, 'partnersByEmailHash'>;
  readonly partners: Pick<PartnerStore, 'profile'>;
  readonly programs: Pick<ProgramReader, 'get'>;
}) {
  const partnersOf = async ({ programId, problemId }: Suppression): Promise<MailProblem['partners']> => {
    const found = (await deps.people.partnersByEmailHash(problemId)).filter((one) => one.programId === programId);
    const profiles = await Promise.all(found.map(({ partnerId }) => deps.partners.profile(programId, partnerId)));
    // Whoever has another address by now can be reached again.
    return profiles.flatMap((profile) =>
      profile?.emailHash === problemId ? [{ partnerId: profile.partnerId, name: profile.name }] : [],
    );
  };
  return async (input: {
    readonly programId: string;
    readonly cursor?: string | undefined;
    readonly limit: number;
  }): Promise<Page<MailProblem>> => {
    await deps.programs.get(input.programId);
    const { items, nextCursor } = await deps.suppressions.list(input.programId, input);
    const problems = items.map(async (one) => ({ ...one, partners: await partnersOf(one) }));
    return { items: await Promise.all(problems), nextCursor };
  };
}

export type LiftMailProblem = {
  readonly programId: string;
  readonly problemId: string;
  readonly reason: string;
  readonly by: string;
};

/**
 * Mail goes to the address again, from the next notice on; what was not sent meanwhile is in the inbox. A report on a message
 * from before counts no more, a new one stops it again.
 * @throws Failure not_found
 */
export function makeLiftMailProblem(deps: {
  readonly suppressions: Pick<Suppressions, 'lift'>;
  readonly clock: Clock;
}) {
  return async ({ programId, problemId, reason, by }: LiftMailProblem): Promise<{ readonly problemId: string }> => {
    const outcome = await deps.suppressions.lift(programId, problemId, {
      at: toInstant(deps.clock()),
      by,
      why: reason,
    });
    if (outcome === 'lifted') return { problemId };
    throw new Failure('not_found', 'No mail to this address is stopped. GET .../mail-problems lists those that are.');
  };
}
