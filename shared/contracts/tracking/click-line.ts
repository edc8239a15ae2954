import * as z from 'zod';

const shortSchema = z.string().min(1).max(64);

/** The line that the redirect writes, as the roll-up reads it. Members are short: every click pays for each byte. */
export const clickLineSchema = z
  .object({
    type: z.literal('click'),
    id: shortSchema,
    s: shortSchema,
    p: shortSchema,
    t: z.int().min(0),
    v: z.string().max(64),
    k: z.enum(['bot', 'prefetch']).optional(),
  })
  .transform(({ id, s, p, t, v, k }) => ({
    clickId: id,
    slug: s,
    programId: p,
    at: t,
    visitor: v,
    kind: k ?? ('human' as const),
  }));
