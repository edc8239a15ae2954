import { Failure } from '#shared/application/failure';
import type { Payee } from '#shared/application/payees';
import type { PayoutRules } from '#shared/application/programs';
import { type EpochMs, toInstant } from '#shared/domain/time/instant';

const MINUTE_MS = 60_000;

/** Who changes where a partner is paid. */
export type PayeeEditor = {
  readonly by: string;
  /** The person who made the API key `by`. */
  readonly onBehalfOf?: string | undefined;
  readonly isPerson: boolean;
  /** Acts for the partner and for nobody else. */
  readonly isPartnerOnly: boolean;
  /** When the person proved who they are; a token that was renewed keeps it. */
  readonly signedInAt?: EpochMs | undefined;
};

type Change = {
  readonly payee: Payee;
  /** The partner has a payee already. */
  readonly isSet: boolean;
  readonly rules: Pick<PayoutRules, 'freshLoginMinutes' | 'partnerRails'>;
  readonly now: EpochMs | number;
};

/**
 * A token that was stolen, or a screen left open, is not enough to lead money elsewhere: a person signs in afresh. A key, which
 * nobody signs in with, may say where a new partner is paid, as its enrolment may, and changes nothing.
 * @throws Failure person_required, login_not_fresh, invalid_request
 */
export function requireMayChange(editor: PayeeEditor, { payee, isSet, rules, now }: Change): void {
  if (editor.isPerson) requireFreshLogin(editor, rules.freshLoginMinutes, now);
  else if (isSet) {
    throw new Failure(
      'person_required',
      'An API key cannot change where a partner is paid. Let a person of the partner or of the staff sign in and do it.',
    );
  }
  if (!editor.isPartnerOnly || rules.partnerRails.includes(payee.rail)) return;
  const allowed = rules.partnerRails.join(', ');
  throw new Failure('invalid_request', `Choose one of the ways in which this programme pays partners: ${allowed}.`, {
    errors: [{ pointer: '/rail', rule: `must be one of ${allowed}` }],
  });
}

/** What a token says of its sign-in may be ahead of our clock by as much; more, such as milliseconds for seconds, is no time of one. */
const AHEAD_MS = MINUTE_MS;

/** @throws Failure login_not_fresh */
export function requireFreshLogin({ signedInAt }: Pick<PayeeEditor, 'signedInAt'>, minutes: number, now: number): void {
  const isTime = signedInAt !== undefined && signedInAt <= now + AHEAD_MS;
  if (isTime && now - signedInAt <= minutes * MINUTE_MS) return;
  const when = isTime ? `You signed in at ${toInstant(signedInAt)}` : 'Your token does not say when you signed in';
  throw new Failure(
    'login_not_fresh',
    `${when}. Sign in again, with password and second factor, and send this within ${minutes} minutes.`,
    {
      errors: [
        {
          pointer: 'header:Authorization',
          rule: `must be a token of a sign-in at most ${minutes} minutes ago (auth_time)`,
        },
      ],
      extra: { freshLoginMinutes: minutes },
    },
  );
}
