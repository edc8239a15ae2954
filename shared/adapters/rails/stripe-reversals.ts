import type Stripe from 'stripe';
import * as z from 'zod';
import { type Instant, toEpochMs } from '#shared/domain/time/instant';

const PAGE = 100;
/** Whoever reverses more than this in an hour is looked at again in the next. */
const MAX_PAGES = 20;

const eventsSchema = z.object({
  has_more: z.boolean(),
  data: z.array(
    z.object({
      id: z.string(),
      data: z.object({ object: z.object({ transfer_group: z.string().nullish() }) }),
    }),
  ),
});

/**
 * Payouts whose transfers were reversed, from Stripe's events, which it keeps for 30 days: one call an hour instead of one a settled
 * payout. Source: docs.stripe.com/api/events/list, `transfer.reversed`.
 */
export async function reversedTransfers(
  client: Pick<Stripe, 'events'>,
  programId: string,
  since: Instant,
): Promise<readonly string[]> {
  const prefix = `${programId}/`;
  const payoutIds = new Set<string>();
  let after: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const listed: unknown = await client.events.list({
      type: 'transfer.reversed',
      created: { gte: Math.floor(toEpochMs(since) / 1_000) },
      limit: PAGE,
      ...(after === undefined ? {} : { starting_after: after }),
    });
    const { data, has_more } = eventsSchema.parse(listed);
    for (const { data: of } of data) {
      const group = of.object.transfer_group ?? '';
      if (group.startsWith(prefix)) payoutIds.add(group.slice(prefix.length));
    }
    after = data.at(-1)?.id;
    if (!has_more || after === undefined) break;
  }
  return [...payoutIds];
}
