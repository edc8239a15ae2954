import * as z from 'zod';

/** Ids become parts of keys: nothing that a damaged line may hold gets beyond these characters. */
const shortSchema = z.string().regex(/^[\w.:-]{1,64}$/);
/** Up to the year 2286. */
const MAX_TIME_MS = 9_999_999_999_999;

const KINDS = { b: 'bot', p: 'prefetch' } as const;

/** The line that the redirect writes, as the roll-up reads it. Members are short: every click pays for each byte. */
export const clickLineSchema = z
  .object({
    type: z.literal('click'),
    i: shortSchema,
    s: shortSchema,
    p: shortSchema,
    t: z.int().min(0).max(MAX_TIME_MS),
    v: shortSchema,
    k: z.enum(['b', 'p']).optional(),
    g: z.literal(1).optional(),
    c: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
    u: z
      .array(z.string().regex(/^[A-Za-z0-9._-]{0,64}$/))
      .max(5)
      .default([]),
  })
  .transform(({ i, s, p, t, v, k, g, c, u }) => ({
    clickId: i,
    slug: s,
    programId: p,
    at: t,
    visitor: v,
    kind: k === undefined ? ('human' as const) : KINDS[k],
    isPaidSearch: g === 1,
    country: c,
    subs: u,
  }));
