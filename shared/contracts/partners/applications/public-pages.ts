import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

const HTML = 'text/html; charset=utf-8';
const page = { service: 'partners', access: 'public', status: 200, responseType: HTML } as const;
const ofProgram = { ...page, path: '/apply/{programId}', params: z.object({ programId: idSchema }) } as const;
const ofLink = {
  ...page,
  path: '/apply/{programId}/confirm/{token}',
  params: z.object({ programId: idSchema, token: z.string().max(400) }),
} as const;

export const showApplicationFormRoute = defineRoute({
  ...ofProgram,
  name: 'show-application-form',
  method: 'GET',
  summary: 'The page on which people apply to become partners',
  description: "In the reader's language. A programme that takes no applications says so.",
  pages: { 404: 'There is no such programme' },
});

export const applyRoute = defineRoute({
  ...ofProgram,
  name: 'apply',
  method: 'POST',
  summary: 'Send the form of the page',
  description:
    'Answers the same whoever applied before: who has the address learns more by e-mail. No address of a computer is kept; a hash of it that changes every day bounds how many come from one.',
  pages: {
    404: 'There is no such programme',
    413: 'The form is too large',
    422: 'Something is to be corrected: what was typed in stays',
    429: 'Too many applications today',
    503: 'Try again shortly',
  },
});

const LINK_PAGES = {
  404: 'The link is incomplete or too old, or was replaced by a newer one',
  503: 'Try again shortly',
};

export const showConfirmationRoute = defineRoute({
  ...ofLink,
  name: 'show-confirmation',
  method: 'GET',
  summary: 'Ask an applicant to confirm its address',
  description: 'Changes nothing, whoever follows the link of an e-mail: the button on the page does.',
  pages: LINK_PAGES,
});

export const confirmApplicationRoute = defineRoute({
  ...ofLink,
  name: 'confirm-application',
  method: 'POST',
  summary: "Confirm an applicant's address",
  description:
    'The button on the page of the same address. From then on staff are asked to decide. Sent twice it is done.',
  pages: LINK_PAGES,
});
