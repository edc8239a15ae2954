import * as z from 'zod';
import { defineRoute } from '#shared/contracts/route';

/** Answered without this schema: the redirect reads its few fields by hand, so that it need not load zod. */
export const redirectLinkRoute = defineRoute({
  name: 'redirect-link',
  service: 'tracking',
  method: 'GET',
  path: '/r/{slug}',
  // Link previews ask with HEAD.
  also: [{ method: 'HEAD', path: '/r/{slug}' }],
  summary: 'Follow a link',
  description:
    'Answers 302 to the stored destination with a signed `ts_click`. `path` leads deeper within the same host; ' +
    '`sub1` to `sub5` are passed on. HEAD answers the same headers without a token, and is no click.',
  access: 'public',
  params: z.object({ slug: z.string() }),
  query: z.object({
    path: z.string().optional().meta({ example: '/offers/spring' }),
    sub1: z.string().optional(),
    sub2: z.string().optional(),
    sub3: z.string().optional(),
    sub4: z.string().optional(),
    sub5: z.string().optional(),
  }),
  status: 302,
  pages: {
    400: 'The query or `path` does not belong there',
    404: 'There is no such link',
    410: 'The link is paused or its time is over',
    503: 'It cannot be looked up just now',
  },
  responseType: 'text/html; charset=utf-8',
});
