import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { serveOpenapiRoute } from '#shared/contracts/console/serve-openapi';
import document from './openapi.json' with { type: 'json' };

export const serveOpenapi: HttpHandler<typeof serveOpenapiRoute> = async () => document;

export const handler = httpFunction(serveOpenapiRoute, serveOpenapi);
