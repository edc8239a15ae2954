import { type PageAnswer, pageFunction } from '#functions/console/sign-in/page-function';
import { signedOutPage } from '#functions/console/sign-in/pages';
import { showSignedOutRoute } from '#shared/contracts/console/sign-in';

export const showSignedOut = async (): Promise<PageAnswer> => ({ status: 200, page: signedOutPage() });

export const handler = pageFunction(showSignedOutRoute.name, showSignedOut);
