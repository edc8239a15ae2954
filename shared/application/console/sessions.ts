import * as z from 'zod';
import type {
  RenewedTokens,
  SessionProvider,
  SessionSecrets,
  SessionStore,
  StoredSession,
} from '#shared/application/console/ports';
import { Failure } from '#shared/application/failure';
import type { Clock } from '#shared/application/ports';
import type { EpochMs } from '#shared/domain/time/instant';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A working day: then a person signs in again, whatever it did. */
export const SESSION_LIMIT_MS = 12 * HOUR_MS;
/** Without a request for so long a session ends: it shows money, also on a shared computer. */
export const IDLE_LIMIT_MS = 2 * HOUR_MS;
/** Requests within so long are noted once: a write each would cost more than knowing the minute is worth. */
const TOUCH_EVERY_MS = 5 * MINUTE_MS;
/** An ID token that ends sooner is renewed first, so that it outlives the page's own calls. */
const RENEW_BEFORE_MS = 2 * MINUTE_MS;
/** Longer than a provider may take; shorter than the minute in which Cognito takes a rotated token once more. */
const RENEWAL_LEASE_MS = 6_000;
/** Longer than a lease in all, so that a lapsed one is taken over; a page's function ends after ten seconds. */
const MAX_WAITS = 32;
const WAIT_MS = 250;

export type Session = {
  readonly person: { readonly subject: string; readonly email: string; readonly name?: string | undefined };
  /** What the API takes as the person's own. */
  readonly idToken: string;
  /** When the person proved who it is (`auth_time`); renewals do not move it. */
  readonly signedInAt: EpochMs;
  /** Comes back with each form ({@link isCsrfToken}). */
  readonly csrfToken: string;
  /** When the session ends at the latest. */
  readonly expiresAt: EpochMs;
  /** When the person last used the console before this visit; what two hours divide are two visits. */
  readonly previousVisitAt?: EpochMs | undefined;
};

/** What a sign-in brought. */
export type SignedIn = RenewedTokens & { readonly person: Session['person']; readonly signedInAt: EpochMs };

const contentSchema = z.object({
  person: z.object({ subject: z.string(), email: z.string(), name: z.string().optional() }),
  idToken: z.string(),
  idTokenExpiresAt: z.number(),
  refreshToken: z.string().optional(),
  signedInAt: z.number(),
  previousVisitAt: z.number().optional(),
});
type Content = z.output<typeof contentSchema>;

export type Sessions = {
  /**
   * A new session under a new secret, always: a secret that was there before the sign-in opens nothing. The session of `former` ends;
   * its refresh token is not revoked, because that may end what the same browser was just given, and nobody holds it any more.
   */
  open(signedIn: SignedIn, former?: string): Promise<{ readonly secret: string; readonly session: Session }>;
  /**
   * `undefined` for no, a wrong, an ended or a closed session.
   * @throws Failure temporarily_unavailable while the provider cannot be asked and the ID token has expired
   */
  read(secret: string | undefined): Promise<Session | undefined>;
  /** Ends it here at once and its refresh token at the provider. Of what is no session: nothing. */
  close(secret: string | undefined): Promise<void>;
};

type Dependencies = {
  readonly store: SessionStore;
  readonly clock: Clock;
  readonly secrets: SessionSecrets;
  readonly provider: SessionProvider;
  readonly wait: (milliseconds: number) => Promise<void>;
};

/** Sessions of the console. */
export function makeSessions({ store, clock, secrets, provider, wait }: Dependencies): Sessions {
  const unseal = (secret: string, stored: StoredSession): Content | undefined => {
    const text = secrets.unseal(secret, stored.sealed);
    return text === undefined ? undefined : contentSchema.parse(JSON.parse(text));
  };
  const sessionOf = (secret: string, content: Content, endsAt: EpochMs): Session => ({
    person: content.person,
    idToken: content.idToken,
    signedInAt: content.signedInAt,
    csrfToken: secrets.csrfTokenOf(secret),
    expiresAt: content.refreshToken === undefined ? Math.min(endsAt, content.idTokenExpiresAt) : endsAt,
    ...(content.previousVisitAt === undefined ? {} : { previousVisitAt: content.previousVisitAt }),
  });

  const startVisit = async (subject: string): Promise<EpochMs | undefined> => {
    const now = clock();
    const hash = secrets.hash(subject);
    const known = await store.visits(hash);
    // Signing in again, for a change of bank details say, goes on with the visit.
    const goesOn = known !== undefined && now - known.lastSeenAt < IDLE_LIMIT_MS;
    const previousVisitAt = goesOn ? known.previousVisitAt : known?.lastSeenAt;
    await store.keepVisits(hash, { lastSeenAt: now, previousVisitAt });
    return previousVisitAt;
  };

  const touch = async (stored: StoredSession, content: Content): Promise<boolean> => {
    const now = clock();
    if (now - stored.lastSeenAt < TOUCH_EVERY_MS) return true;
    const { subject } = content.person;
    const [isOpen] = await Promise.all([
      store.touch(stored.id, now),
      store.keepVisits(secrets.hash(subject), { lastSeenAt: now, previousVisitAt: content.previousVisitAt }),
    ]);
    return isOpen;
  };

  /** What the provider gave for the refresh token; `closed` when it gives nothing any more. */
  const renewed = async (stored: StoredSession, content: Content): Promise<Content | 'closed' | 'unavailable'> => {
    const answer = content.refreshToken === undefined ? 'refused' : await provider.refresh(content.refreshToken);
    if (answer === 'unavailable') return answer;
    if (answer === 'refused' || answer.subject !== content.person.subject) {
      await store.close(stored.id, clock());
      return 'closed';
    }
    const { idToken, idTokenExpiresAt, refreshToken = content.refreshToken } = answer;
    return { ...content, idToken, idTokenExpiresAt, refreshToken };
  };

  /** One turn: the content to go on with, `undefined` for no session, or `again` when somebody else knows more. */
  const turn = async (secret: string, stored: StoredSession): Promise<Content | undefined | 'again'> => {
    const now = clock();
    const content = now < stored.endsAt ? unseal(secret, stored) : undefined;
    if (!content || content.idTokenExpiresAt - now > RENEW_BEFORE_MS) return content;
    const usable = content.idTokenExpiresAt > now ? content : undefined;
    // What cannot be renewed is used to its end.
    if (content.refreshToken === undefined) return usable;
    // One refresh token used twice can end the sign-in: one request renews, and the others go on with what is there.
    if (!(await store.claimRenewal(stored, now, now + RENEWAL_LEASE_MS))) return usable ?? 'again';
    const next = await renewed(stored, content);
    if (next === 'closed') return undefined;
    if (next === 'unavailable') {
      await store.releaseRenewal(stored);
      if (usable) return usable;
      throw new Failure('temporarily_unavailable', 'The sign-in service does not answer. Try again in a minute.');
    }
    if (await store.renew(stored, secrets.seal(secret, JSON.stringify(next)), clock())) return next;
    // Whoever signed out meanwhile is signed out; whoever took the lapsed lease over keeps what came of that.
    if ((await store.find(stored.id)) !== undefined) return 'again';
    if (next.refreshToken !== undefined) await provider.revoke(next.refreshToken);
    return undefined;
  };

  const current = async (secret: string, first: StoredSession): Promise<Content | undefined> => {
    let stored: StoredSession | undefined = first;
    for (let turns = 0; stored && turns < MAX_WAITS; turns += 1) {
      const content = await turn(secret, stored);
      if (content !== 'again') return content;
      await wait(WAIT_MS);
      stored = await store.find(stored.id);
    }
    if (!stored) return undefined;
    throw new Failure('temporarily_unavailable', 'The sign-in service is slow to answer. Try again in a minute.');
  };

  return {
    async open(signedIn, former) {
      const { person, idToken, idTokenExpiresAt, refreshToken, signedInAt } = signedIn;
      const previousVisitAt = await startVisit(person.subject);
      const content: Content = { person, idToken, idTokenExpiresAt, refreshToken, signedInAt, previousVisitAt };
      const secret = secrets.make();
      const id = secrets.idOf(secret);
      if (id === undefined) throw new Error('a new secret has no id');
      const now = clock();
      const endsAt = now + SESSION_LIMIT_MS;
      const sealed = secrets.seal(secret, JSON.stringify(content));
      await store.open({ id, sealed, version: 1, endsAt, lastSeenAt: now });
      const formerId = former === undefined ? undefined : secrets.idOf(former);
      if (formerId !== undefined && (await store.find(formerId))) await store.close(formerId, now);
      return { secret, session: sessionOf(secret, content, endsAt) };
    },
    async read(secret) {
      const id = secret === undefined ? undefined : secrets.idOf(secret);
      if (secret === undefined || id === undefined) return undefined;
      const stored = await store.find(id);
      if (!stored || clock() - stored.lastSeenAt >= IDLE_LIMIT_MS) return undefined;
      const content = await current(secret, stored);
      if (!content || !(await touch(stored, content))) return undefined;
      return sessionOf(secret, content, stored.endsAt);
    },
    async close(secret) {
      const id = secret === undefined ? undefined : secrets.idOf(secret);
      if (secret === undefined || id === undefined) return;
      const stored = await store.find(id);
      if (!stored) return;
      await store.close(id, clock());
      const refreshToken = unseal(secret, stored)?.refreshToken;
      if (refreshToken !== undefined) await provider.revoke(refreshToken);
    },
  };
}
