import { hashEmail } from '#shared/application/email-hash';
import type { Identity } from '#shared/application/partners/authorize-request';
import type { Clock, Digest } from '#shared/application/ports';
import { toInstant } from '#shared/domain/time/instant';
import type { WhoAsks } from './get-me.ts';
import type { KnownPerson, PeopleDirectory } from './people-ports.ts';

/** Places of one person that are remembered; whoever has more acts for the whole installation. */
const MAX_PLACES = 100;

/**
 * Keeps who a principal id is, as its token says, so that records show a name instead of an id. Written when something is new: most
 * sign-ins write nothing. Programmes in which somebody had a role stay, because its records do.
 */
export function makeRecordSignIn(deps: {
  readonly directory: PeopleDirectory;
  readonly digest: Digest;
  readonly clock: Clock;
}) {
  return async (
    { id, grants }: WhoAsks,
    { verifiedEmail, name }: Pick<Identity, 'verifiedEmail' | 'name'>,
  ): Promise<void> => {
    const [before] = await deps.directory.find([id]);
    const staff = grants.flatMap(({ programId, role }) => (role === 'partner' ? [] : [programId]));
    const partners = grants.flatMap(({ programId, partnerId }) => (partnerId ? [{ programId, partnerId }] : []));
    const person: KnownPerson = {
      id,
      ...(name ? { name } : {}),
      ...(verifiedEmail ? { email: verifiedEmail, emailHash: hashEmail(deps.digest, verifiedEmail) } : {}),
      staffOf: distinct([...staff, ...(before?.staffOf ?? [])], (one) => one),
      partnerOf: distinct([...partners, ...(before?.partnerOf ?? [])], (one) => `${one.programId}#${one.partnerId}`),
      seenAt: toInstant(deps.clock()),
    };
    if (!before || textOf(before) !== textOf(person)) await deps.directory.keep(person);
  };
}

function distinct<T>(places: readonly T[], keyOf: (place: T) => string): readonly T[] {
  return [...new Map(places.map((place) => [keyOf(place), place])).values()].slice(0, MAX_PLACES);
}

function textOf({ name, email, emailHash, staffOf, partnerOf }: KnownPerson): string {
  const partners = partnerOf.map(({ programId, partnerId }) => `${programId}#${partnerId}`);
  return JSON.stringify([name, email, emailHash, [...staffOf].sort(), partners.sort()]);
}
