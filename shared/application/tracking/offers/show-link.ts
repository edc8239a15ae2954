import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { type LinkOffer, offerProgram } from '#shared/application/tracking/offers/offer';
import type { LinkStore } from '#shared/application/tracking/ports';
import { toInstant } from '#shared/domain/time/instant';
import { deepDestination, splitDestination } from '#shared/domain/tracking/destination';

/** The shape of a slug; anything else is unknown without asking. */
const SLUG = /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/;

/** What a customer reads about a link before following it. `ended`: it is paused or its time is over, which answer alike. `damaged`: `path` leads out of it. */
export function makeShowLink(deps: {
  readonly links: Pick<LinkStore, 'find'>;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly clock: Clock;
}): (slug: string, path?: string) => Promise<LinkOffer | 'unknown' | 'ended' | 'damaged'> {
  return async (written, path) => {
    const slug = written.toLowerCase();
    const link = SLUG.test(slug) ? await deps.links.find(slug) : undefined;
    if (!link) return 'unknown';
    const isOver = link.validUntil !== undefined && toInstant(deps.clock()) >= link.validUntil;
    if (link.status !== 'active' || isOver) return 'ended';
    if (path !== undefined && !deepDestination(splitDestination(link.destination), path)) return 'damaged';
    const { description, disclosedAs, partnerId, programId } = link;
    const program = offerProgram(await deps.programs.get(programId));
    return { slug, description, payee: disclosedAs ?? partnerId, program };
  };
}
