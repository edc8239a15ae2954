import * as z from 'zod';
import { pageOf } from '#shared/contracts/fields';

export const noticeSchema = z.object({
  noticeId: z.string(),
  kind: z.string().meta({ example: 'tier.changed' }),
  title: z.string(),
  text: z.string(),
  occurredAt: z.string(),
  readAt: z.string().optional().meta({ description: 'Absent: not read.' }),
});

/** How many of the newest notices are looked at for unread ones: an answer of bounded cost. */
export const UNREAD_WITHIN = 100;

export const inboxSchema = pageOf(noticeSchema).extend({
  unread: z
    .int()
    .optional()
    .meta({ description: `Of the newest ${UNREAD_WITHIN} how many are not read; on the first page alone.` }),
});

/** As in the inbox; some are made of an order's number. */
export const noticeIdSchema = z.string().regex(/^[\w.:~-]{1,300}$/, 'must be the id of a notice');
export const readSchema = z.object({ noticeId: z.string(), state: z.literal('read') });
