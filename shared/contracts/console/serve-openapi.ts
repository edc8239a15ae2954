import * as z from 'zod';
import { defineRoute } from '#shared/contracts/route';

export const serveOpenapiRoute = defineRoute({
  name: 'serve-openapi',
  service: 'console',
  method: 'GET',
  path: '/openapi.json',
  summary: 'This document',
  access: 'public',
  status: 200,
  response: z.looseObject({ openapi: z.string() }),
});
