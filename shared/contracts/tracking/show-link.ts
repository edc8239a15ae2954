import * as z from 'zod';
import { defineRoute } from '#shared/contracts/route';

const subSchema = z.string().optional();

export const showLinkRoute = defineRoute({
  name: 'show-link',
  service: 'tracking',
  method: 'GET',
  path: '/l/{slug}',
  summary: 'Show what a link offers, and who is paid for it, before it is followed',
  description: 'The button leads to `/r/{slug}` with the same `path` and `sub1` to `sub5`. Looking is no click.',
  access: 'public',
  params: z.object({ slug: z.string().max(128) }),
  query: z.object({
    path: z.string().optional(),
    sub1: subSchema,
    sub2: subSchema,
    sub3: subSchema,
    sub4: subSchema,
    sub5: subSchema,
  }),
  status: 200,
  pages: {
    400: '`path` does not belong there',
    404: 'There is no such link',
    410: 'The link is paused or its time is over',
  },
  responseType: 'text/html; charset=utf-8',
});
