import * as z from 'zod';
import { pageFunction } from '#console/sign-in/page-function';
import { signedOutPage } from '#console/sign-in/pages';
import { readEnvironment } from '#functions/runtime/environment';
import { showSignedOutRoute } from '#shared/contracts/console/sign-in';

const { PUBLIC_URL } = readEnvironment(z.object({ PUBLIC_URL: z.url() }));

export const handler = pageFunction(showSignedOutRoute.name, PUBLIC_URL, async () => ({ page: signedOutPage() }));
