import type { ClickTokenVerifier, Code, CodeReader } from '#shared/application/referrals/ports';
import { type Instant, toEpochMs } from '#shared/domain/time/instant';
import type { Touch, TouchFlag, TouchRejection } from '#shared/domain/tracking/attribution';
import type { Click } from '#shared/domain/tracking/click-token';
import { canonicalCode } from '#shared/domain/tracking/code';

/** No code is longer; of what was typed instead, this much is kept. */
const MAX_CODE_LENGTH = 32;

/** More than the fields of one sale have; every one costs a signature check. */
const MAX_TOKENS = 25;

export type TouchSources = { readonly codes: CodeReader; readonly verifyClick: ClickTokenVerifier };

type Sent = {
  readonly programId: string;
  /** Codes are judged at this instant, and stand there among the touches. */
  readonly occurredAt: Instant;
  readonly clickToken?: string | undefined;
  readonly clickTokens?: readonly string[] | undefined;
  readonly code?: string | undefined;
  readonly partnerId?: string | undefined;
};

/** Turns what a sale carries into touches. What cannot be believed becomes a rejected touch with its reason, never an error. */
export async function collectTouches(sources: TouchSources, sent: Sent): Promise<readonly Touch[]> {
  const tokens = tokensIn([sent.clickToken ?? [], sent.clickTokens ?? []].flat());
  const [links, code] = await Promise.all([
    Promise.all(tokens.map((token) => linkTouch(sources, sent.programId, token))),
    codeTouch(sources, sent),
  ]);
  const named: Touch[] =
    sent.partnerId === undefined ? [] : [{ kind: 'partner', reference: sent.partnerId, partnerId: sent.partnerId }];
  return [...named, ...code, ...links];
}

/**
 * The same token in both fields is one: a shop may keep the last one and all of them. The field that the snippet fills has
 * several in one text, which shops pass on as it is, and none for a visitor without a click.
 */
function tokensIn(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => text.split(/\s+/).filter((token) => token !== '')))].slice(0, MAX_TOKENS);
}

async function linkTouch({ verifyClick }: TouchSources, programId: string, token: string): Promise<Touch> {
  const click = await verifyClick(token);
  if (!click) return { kind: 'link', rejected: 'token_not_genuine' };
  // Another programme's partner is none of this programme's business: only the refusal is kept.
  if (click.programId !== programId) return { kind: 'link', rejected: 'other_program' };
  const { slug: reference, partnerId, at, clickId } = click;
  const flags = flagsOf(click);
  return { kind: 'link', reference, partnerId, at, clickId, ...(flags.length > 0 ? { flags } : {}) };
}

/** Only those that are set: an ordinary click stores none. */
function flagsOf({ flags }: Click): readonly TouchFlag[] {
  return [
    ...(flags.isBot ? (['bot'] as const) : []),
    ...(flags.isPrefetch ? (['prefetch'] as const) : []),
    ...(flags.isPaidSearch ? (['paid_search'] as const) : []),
  ];
}

async function codeTouch({ codes }: TouchSources, sent: Sent): Promise<Touch[]> {
  if (sent.code === undefined) return [];
  const reference = canonicalCode(sent.code);
  const isPlausible = reference !== '' && reference.length <= MAX_CODE_LENGTH;
  const code = isPlausible ? await codes.find(reference) : undefined;
  if (!code || code.programId !== sent.programId) {
    // People type their address there, too: it must not be kept with the sale.
    const typed = sent.code.includes('@') ? {} : { reference: sent.code.slice(0, MAX_CODE_LENGTH) };
    return [{ kind: 'code', ...typed, rejected: 'unknown_code' }];
  }
  const rejected = refusalOf(code, sent.occurredAt);
  const touch: Touch = {
    kind: 'code',
    reference: code.code,
    partnerId: code.partnerId,
    at: toEpochMs(sent.occurredAt),
  };
  return [rejected ? { ...touch, rejected } : touch];
}

function refusalOf(code: Code, soldAt: Instant): TouchRejection | undefined {
  if (code.disabled) return 'code_disabled';
  const isTooEarly = code.validFrom !== undefined && soldAt < code.validFrom;
  const isTooLate = code.validUntil !== undefined && soldAt >= code.validUntil;
  return isTooEarly || isTooLate ? 'code_not_valid_then' : undefined;
}
