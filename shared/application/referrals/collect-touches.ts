import type { ClickTokenVerifier, Code, CodeReader } from '#shared/application/referrals/ports';
import { type Instant, toEpochMs } from '#shared/domain/time/instant';
import type { Touch, TouchRejection } from '#shared/domain/tracking/attribution';
import { canonicalCode } from '#shared/domain/tracking/code';

/** No code is longer; of what was typed instead, this much is kept. */
const MAX_CODE_LENGTH = 32;

export type TouchSources = { readonly codes: CodeReader; readonly verifyClick: ClickTokenVerifier };

type Sent = {
  readonly programId: string;
  readonly occurredAt: Instant;
  readonly clickToken?: string | undefined;
  readonly code?: string | undefined;
  readonly partnerId?: string | undefined;
};

/** Turns what a sale carries into touches. What cannot be believed becomes a rejected touch with its reason, never an error. */
export async function collectTouches(sources: TouchSources, sent: Sent): Promise<readonly Touch[]> {
  const [link, code] = await Promise.all([linkTouch(sources, sent), codeTouch(sources, sent)]);
  const named: Touch[] =
    sent.partnerId === undefined ? [] : [{ kind: 'partner', reference: sent.partnerId, partnerId: sent.partnerId }];
  return [...named, ...code, ...link];
}

async function linkTouch({ verifyClick }: TouchSources, sent: Sent): Promise<Touch[]> {
  if (sent.clickToken === undefined) return [];
  const click = await verifyClick(sent.clickToken);
  if (!click) return [{ kind: 'link', rejected: 'token_not_genuine' }];
  // Another programme's partner is none of this programme's business: only the refusal is kept.
  if (click.programId !== sent.programId) return [{ kind: 'link', rejected: 'other_program' }];
  return [{ kind: 'link', reference: click.slug, partnerId: click.partnerId, at: click.at, clickId: click.clickId }];
}

async function codeTouch({ codes }: TouchSources, sent: Sent): Promise<Touch[]> {
  if (sent.code === undefined) return [];
  const reference = canonicalCode(sent.code);
  const isPlausible = reference !== '' && reference.length <= MAX_CODE_LENGTH;
  const code = isPlausible ? await codes.find(reference) : undefined;
  if (!code || code.programId !== sent.programId) {
    return [{ kind: 'code', reference: sent.code.slice(0, MAX_CODE_LENGTH), rejected: 'unknown_code' }];
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
