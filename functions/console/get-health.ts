import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getHealthRoute } from '#shared/contracts/console/get-health';
import packageJson from '../../package.json' with { type: 'json' };

const { version } = packageJson;

export const getHealth: HttpHandler<typeof getHealthRoute> = async () => ({ status: 'ok' as const, version });

export const handler = httpFunction(getHealthRoute, getHealth);
