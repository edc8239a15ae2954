import { defineRoute } from '#shared/contracts/route';

/** Every page of the console: which there are is declared in functions/console/pages. */
export const serveConsoleRoute = defineRoute({
  name: 'serve-console',
  service: 'console',
  method: 'GET',
  path: '/console',
  also: [
    { method: 'GET', path: '/console/{proxy+}' },
    { method: 'POST', path: '/console/{proxy+}' },
  ],
  summary: 'The console: pages for partners, finance, partner managers and admins',
  access: 'public',
  isPage: true,
  status: 200,
  responseType: 'text/html; charset=utf-8',
});
