import { sweepEvents } from '#functions/referrals/stripe-processing-composition';

/** Called every hour. */
export const handler = (): ReturnType<typeof sweepEvents> => sweepEvents();
