/** What a POST with an Idempotency-Key answered first. */
export type StoredReply = { readonly status: number; readonly body: string };

export type IdempotencyClaim =
  | { readonly state: 'claimed' }
  | { readonly state: 'in_flight' }
  | { readonly state: 'done'; readonly reply: StoredReply }
  | { readonly state: 'other_body' };

/**
 * Remembers the answer of a POST by scope (programme, route and caller) and key.
 * A claim that is never completed lapses after its lease, so that a crash does not block the retry;
 * the retried effect itself is idempotent because its ids derive from the key.
 */
export type IdempotencyStore = {
  claim(scope: string, key: string, bodyHash: string): Promise<IdempotencyClaim>;
  complete(scope: string, key: string, reply: StoredReply): Promise<void>;
  /** After a refusal that stored nothing: the key may be tried again. */
  release(scope: string, key: string): Promise<void>;
};
