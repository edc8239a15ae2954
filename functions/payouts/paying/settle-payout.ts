import * as z from 'zod';
import { bookRailReport } from '#functions/payouts/ledger/ledger-composition';
import { payoutRailEventSchema } from '#shared/contracts/events';

const eventSchema = z.object({ detail: payoutRailEventSchema });

/** Called by the event rule for `payout.rail_event`. */
export const handler = (event: unknown): ReturnType<typeof bookRailReport> =>
  bookRailReport(eventSchema.parse(event).detail);
