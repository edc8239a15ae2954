import * as z from 'zod';
import { defineRoute } from '#shared/contracts/route';

const page = {
  service: 'console',
  access: 'public',
  isPage: true,
  responseType: 'text/html; charset=utf-8',
} as const;

/** Longer than any address of the console. */
const MAX_ADDRESS = 2_000;

export const startSignInRoute = defineRoute({
  ...page,
  name: 'start-sign-in',
  method: 'GET',
  path: '/console/sign-in',
  summary: 'Send a person to the provider to sign in, and back to where it wanted to go',
  query: z.object({
    /** A path of the console with its query; anything else leads to its first page. */
    returnTo: z.string().max(MAX_ADDRESS).optional(),
    /** Ask for the proof of who it is again, however long ago the last one was. */
    fresh: z.literal('1').optional(),
  }),
  status: 302,
});

export const completeSignInRoute = defineRoute({
  ...page,
  name: 'complete-sign-in',
  method: 'GET',
  path: '/console/signed-in',
  summary: 'Take what the provider says about a sign-in that began here, and open a session',
  status: 303,
});

export const signOutRoute = defineRoute({
  ...page,
  name: 'sign-out',
  method: 'POST',
  path: '/console/sign-out',
  summary: 'End the session here and at the provider',
  status: 200,
});

export const showSignedOutRoute = defineRoute({
  ...page,
  name: 'show-signed-out',
  method: 'GET',
  path: '/console/signed-out',
  summary: 'Say that a person is signed out',
  status: 200,
});
