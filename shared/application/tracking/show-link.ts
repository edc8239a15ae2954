import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { type LinkOffer, offerProgram } from '#shared/application/tracking/offer';
import type { LinkStore } from '#shared/application/tracking/ports';
import { toInstant } from '#shared/domain/time/instant';

/** The shape of a slug; anything else is unknown without asking. */
const SLUG = /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/;

/** What a customer reads about a link before following it. `ended`: it is paused or its time is over, which answer alike. */
export function makeShowLink(deps: {
  readonly links: Pick<LinkStore, 'find'>;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly clock: Clock;
}): (slug: string) => Promise<LinkOffer | 'unknown' | 'ended'> {
  return async (written) => {
    const slug = written.toLowerCase();
    const link = SLUG.test(slug) ? await deps.links.find(slug) : undefined;
    if (!link) return 'unknown';
    const isOver = link.validUntil !== undefined && toInstant(deps.clock()) >= link.validUntil;
    if (link.status !== 'active' || isOver) return 'ended';
    const { description, disclosedAs, partnerId, programId } = link;
    const program = offerProgram(await deps.programs.get(programId));
    return { slug, description, payee: disclosedAs ?? partnerId, program };
  };
}
