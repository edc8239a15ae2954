import {
  gets,
  knows,
  onLogs,
  reads,
  readsContract,
  readsEmailHashes,
  route,
  type ServiceDeclaration,
  usesSecret,
  when,
  writes,
} from '../declarations.ts';
import { REDIRECT, REQUEST, TASK } from '../profiles.ts';

const manages = [writes('referrals'), readsContract('money'), readsEmailHashes(), ...knows('PUBLIC_URL')];
const shows = [reads('referrals'), ...knows('PUBLIC_URL')];

/** Links, codes and clicks: owns the Referrals table together with the referrals service. */
export const trackingFunctions: ServiceDeclaration = {
  'redirect-link': route(REDIRECT, gets('referrals'), usesSecret(), knows('CONFIG_TTL_SECONDS')),
  'show-offer': route(REQUEST, reads('referrals')),
  'create-link': route(REQUEST, manages),
  'list-links': route(REQUEST, shows),
  'create-code': route(REQUEST, manages),
  'list-codes': route(REQUEST, shows),
  'rollup-clicks': when(onLogs('redirect-link', '{ $.type = "click" }'), TASK, writes('referrals')),
};
