import * as z from 'zod';

const shortSchema = z.string().min(1).max(64);

const KINDS = { b: 'bot', p: 'prefetch' } as const;

/** The line that the redirect writes, as the roll-up reads it. Members are short: every click pays for each byte. */
export const clickLineSchema = z
  .object({
    type: z.literal('click'),
    i: shortSchema,
    s: shortSchema,
    p: shortSchema,
    t: z.int().min(0),
    v: z.string().max(64),
    k: z.enum(['b', 'p']).optional(),
  })
  .transform(({ i, s, p, t, v, k }) => ({
    clickId: i,
    slug: s,
    programId: p,
    at: t,
    visitor: v,
    kind: k === undefined ? ('human' as const) : KINDS[k],
  }));
