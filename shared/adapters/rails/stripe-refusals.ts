import Stripe from 'stripe';
import type { RailAnswer } from '#shared/application/payouts/paying/rail';

/** What Stripe's codes mean for whoever reads the payout; others are named by their code. Source: docs.stripe.com/error-codes. */
const REFUSALS: Readonly<Record<string, string>> = {
  balance_insufficient: 'The Stripe balance does not cover it. Add funds there; the next run pays it.',
  insufficient_funds: 'The Stripe balance does not cover it. Add funds there; the next run pays it.',
  account_invalid:
    "Stripe refuses the partner's account: it is closed or not connected. Ask the partner for another one.",
  account_closed: "The partner's Stripe account is closed. Ask the partner for another one.",
  resource_missing: "Stripe knows no such account among the connected ones. Correct the partner's payee.",
  insufficient_capabilities_for_transfer:
    "The partner's Stripe account may not receive transfers yet. The partner has to finish its set-up.",
  transfers_not_allowed: 'Stripe allows this account no transfers. Read the account in the Stripe dashboard.',
  amount_too_small: 'The amount is below what Stripe transfers in this currency.',
  amount_too_large: 'The amount is above what Stripe transfers at once.',
};
/** Stripe's own words would name the account: only codes and parameters are told. */
const CODE = /^[a-z][a-z_0-9[\]]{0,80}$/;

const CONFLICT = 409;
const UNAUTHORISED: ReadonlySet<number | undefined> = new Set([401, 403]);
const REFUSED: ReadonlySet<number | undefined> = new Set([400, 402, 404]);

export type StripeTrouble = RailAnswer & {
  /** A person must look: it does not go away by itself. */
  readonly loud?: boolean;
};

/**
 * What a failed call says of the money. Only an answer of Stripe that says "no" is a refusal; a time-out, a lost connection, 5xx
 * and whatever cannot be read leave it open. Source: docs.stripe.com/api/errors and /idempotent_requests.
 */
export function stripeTrouble(error: unknown): StripeTrouble {
  if (!(error instanceof Stripe.errors.StripeError)) return unknown('Stripe could not be asked.');
  const { statusCode, rawType } = error;
  if (statusCode === CONFLICT) return unknown('Stripe is at work on an earlier request with this key (409).');
  if (error instanceof Stripe.errors.StripeIdempotencyError || rawType === 'idempotency_error') {
    return { ...unknown('Stripe has this key for a transfer with other content. Look at it in Stripe.'), loud: true };
  }
  if (error instanceof Stripe.errors.StripeRateLimitError) return unknown('Stripe asks for patience (429).');
  if (error.code === 'account_invalid' || (REFUSED.has(statusCode) && isRefusal(rawType))) {
    return { outcome: 'rejected', reason: refusalOf(error) };
  }
  if (UNAUTHORISED.has(statusCode)) {
    return { ...unknown("Stripe refuses the programme's key. Set it anew."), loud: true };
  }
  if (statusCode !== undefined) return unknown(`Stripe answered ${statusCode}.`);
  return unknown('Stripe gave no answer.');
}

function isRefusal(rawType: unknown): boolean {
  return rawType === 'invalid_request_error' || rawType === 'card_error';
}

function refusalOf({ code, param }: { readonly code?: string; readonly param?: string }): string {
  const known = code === undefined ? undefined : REFUSALS[code];
  if (known !== undefined) return known;
  const told = [code, param].filter((part) => part !== undefined && CODE.test(part)).join(', ');
  return told === '' ? 'Stripe refused it.' : `Stripe refused it: ${told}.`;
}

function unknown(reason: string): RailAnswer & { outcome: 'unknown' } {
  return { outcome: 'unknown', reason };
}
