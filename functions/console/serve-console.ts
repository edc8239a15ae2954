import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { makeConsole } from '#console/web/serve';
import { findAsset } from '#functions/console/assets/assets';
import { pages } from '#functions/console/pages/pages';
import { publicUrl, sessions } from '#functions/console/sign-in/environment';
import { readSessionCookie } from '#functions/console/sign-in/session-cookie';
import { readRequest } from '#functions/console/web/request';
import type { Result } from '#functions/console/web/result';
import { log } from '#functions/runtime/log';

/**
 * Every page and form of the console, and its style sheets and scripts. It reads and changes nothing but its sessions: all else it asks
 * the API, as the person who is signed in.
 */
const serve = makeConsole({
  pages,
  session: (request) => sessions.read(readSessionCookie(publicUrl, request.cookieLines)),
  publicUrl,
  // Signing out leads to the provider, and browsers hold such redirects against the form's policy too.
  formOrigins: [],
  clock: Date.now,
  log,
});

export async function handler(event: APIGatewayProxyEventV2): Promise<Result> {
  const asset = findAsset(event.rawPath, event.headers['accept-encoding']);
  if (asset) {
    return {
      statusCode: 200,
      headers: { ...asset.headers },
      body: asset.bytes.toString('base64'),
      isBase64Encoded: true,
    };
  }
  return serve(readRequest(event));
}
