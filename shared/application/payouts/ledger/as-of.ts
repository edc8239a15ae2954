import { Failure } from '#shared/application/failure';
import type { Instant } from '#shared/domain/time/instant';

/** Which moment is asked about, and until when what is told about it was recorded. */
export type Asked = { readonly at: Instant; readonly knownAt: Instant };

/**
 * The moment that a question about money names: now when it names none. What is to come is refused, because its answer would
 * not stay what it is (shared/domain/README.md, 11d).
 * @throws Failure invalid_request
 */
export function instantAsked(asOf: Instant | undefined, now: Instant): Instant {
  return hasCome('asOf', asOf ?? now, now);
}

/** The same with the moment of knowledge, which is the moment itself when none is named. @throws Failure invalid_request */
export function askedWith(
  { asOf, knownAt }: { readonly asOf?: Instant | undefined; readonly knownAt?: Instant | undefined },
  now: Instant,
): Asked {
  const at = instantAsked(asOf, now);
  if (knownAt === undefined) return { at, knownAt: at };
  if (knownAt < at) {
    throw new Failure('invalid_request', 'Name an asOf that is not after knownAt; without one it is now.', {
      errors: [{ pointer: 'query:knownAt', rule: `must not be before asOf, ${at}` }],
    });
  }
  return { at, knownAt: hasCome('knownAt', knownAt, now) };
}

function hasCome(field: 'asOf' | 'knownAt', instant: Instant, now: Instant): Instant {
  if (instant <= now) return instant;
  throw new Failure(
    'invalid_request',
    `Name a time that has come, or leave ${field} out. A date means its end in UTC.`,
    {
      errors: [{ pointer: `query:${field}`, rule: `must not be after ${now}` }],
    },
  );
}
