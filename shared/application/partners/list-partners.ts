import { type CurrentTerms, currentTerms } from '#shared/application/partners/get-partner';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { Clock, Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { toInstant } from '#shared/domain/time/instant';

export type ListedPartner = {
  readonly partnerId: string;
  readonly name: string;
  readonly country?: string | undefined;
} & CurrentTerms;

type Dependencies = { partners: PartnerStore; programs: ProgramReader; clock: Clock };

/** A programme's partners by id, with the terms in force now. @throws Failure unknown_program */
export function makeListPartners({ partners, programs, clock }: Dependencies) {
  return async (input: {
    programId: string;
    cursor?: string | undefined;
    limit: number;
  }): Promise<Page<ListedPartner>> => {
    await programs.get(input.programId);
    const now = toInstant(clock());
    const { items, nextCursor } = await partners.list(input.programId, input);
    return {
      items: items.map(({ standing, profile }) => ({
        partnerId: standing.partnerId,
        name: profile.name,
        country: profile.country,
        ...currentTerms(standing, now),
      })),
      nextCursor,
    };
  };
}
