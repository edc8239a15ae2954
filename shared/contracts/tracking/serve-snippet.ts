import { defineRoute } from '#shared/contracts/route';

export const serveSnippetRoute = defineRoute({
  name: 'serve-snippet',
  service: 'tracking',
  method: 'GET',
  path: '/ts.js',
  summary: 'The script that keeps a click until the checkout',
  description:
    'Under 2 kB, first-party. Put it on landing page and checkout; fields named `ts_click` are filled with the tokens, separated by ' +
    'spaces, and `tallystick.tokens()` answers them. With `data-consent="required"` no cookie is set before `tallystick.consent(true)`.',
  access: 'public',
  status: 200,
  responseType: 'text/javascript; charset=utf-8',
});
