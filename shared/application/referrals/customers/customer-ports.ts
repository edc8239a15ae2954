import type { Instant, Period } from '#shared/domain/time/instant';
import type { Touch } from '#shared/domain/tracking/attribution';
import type { Binding } from '#shared/domain/tracking/binding';

export type CustomerKey = { readonly programId: string; readonly customerId: string };

/** That a person gave a customer to a partner, or to nobody: written once, never changed. */
export type BindingChange = {
  /** The number of the binding that it made. */
  readonly number: number;
  readonly at: Instant;
  readonly by: string;
  /** The person who made the API key that called. */
  readonly onBehalfOf?: string | undefined;
  readonly reason: string;
  /** Whose run the person does not approve: the month that a sale made then counts in. */
  readonly period: Period;
  /** Whom the customer was bound to until then; absent: nobody. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
};

export type BindingStore = {
  /** One transaction. `contended`: somebody else bound the customer since `bindings` but the last were read. */
  save(of: CustomerKey, bindings: readonly Binding[], change: BindingChange): Promise<'saved' | 'contended'>;
  /** The newest first, at most `limit`. */
  changes(of: CustomerKey, limit: number): Promise<readonly BindingChange[]>;
};

/** What is remembered of a customer before a sale. */
export type RememberedTouches = {
  readonly touches: readonly Touch[];
  /** How often it was saved; 0: never, or it has lapsed. */
  readonly revision: number;
};

export type TouchStore = {
  read(of: CustomerKey): Promise<RememberedTouches>;
  /** Over exactly what was read; lapses at `keptUntil`. `contended`: it was saved meanwhile. */
  save(of: CustomerKey, remembered: RememberedTouches, keptUntil: Instant): Promise<'saved' | 'contended'>;
};
