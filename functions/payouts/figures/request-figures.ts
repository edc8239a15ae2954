import { log } from '#functions/runtime/log';
import type { RequestFigures } from '#shared/application/payouts/figures/figure-ports';

/**
 * A wish is a line of the log, which a subscription hands to what works figures out: nothing is written to a table for it, it
 * costs the reader no time, and one that is lost is wished for again.
 */
export const requestFigures: RequestFigures = async (wish) => log.info('figures wanted', { type: 'figures', ...wish });
