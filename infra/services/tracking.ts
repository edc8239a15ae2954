import {
  gets,
  knows,
  onEvent,
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
import { BATCH, COMPUTE, EXPORT, REDIRECT, REQUEST, TASK } from '../profiles.ts';

const manages = [writes('referrals'), readsContract('money'), readsEmailHashes(), ...knows('PUBLIC_URL')];
const shows = [reads('referrals'), ...knows('PUBLIC_URL')];

/** Links, codes and clicks: owns the Referrals table together with the referrals service. */
export const trackingFunctions: ServiceDeclaration = {
  'redirect-link': route(REDIRECT, gets('referrals'), usesSecret(), knows('CONFIG_TTL_SECONDS')),
  'show-offer': route(REQUEST, reads('referrals'), readsContract('money'), ...knows('PUBLIC_URL')),
  'show-link': route(REQUEST, gets('referrals'), readsContract('money'), ...knows('PUBLIC_URL')),
  'serve-snippet': route(REQUEST),
  'create-link': route(REQUEST, manages),
  'create-links': route(BATCH, manages),
  'list-links': route(REQUEST, shows, readsContract('money')),
  'get-link': route(REQUEST, shows, readsContract('money')),
  'change-link': route(REQUEST, writes('referrals'), readsContract('money'), ...knows('PUBLIC_URL')),
  'apply-tracking-settings': when(
    onEvent('tracking_settings.changed'),
    COMPUTE,
    writes('referrals'),
    readsContract('money'),
  ),
  'show-link-qr': route(REQUEST, gets('referrals'), ...knows('PUBLIC_URL')),
  'create-code': route(REQUEST, manages),
  'create-codes': route(BATCH, manages),
  'list-codes': route(REQUEST, shows),
  'get-code': route(REQUEST, shows),
  'change-code': route(REQUEST, writes('referrals'), readsContract('money'), ...knows('PUBLIC_URL')),
  'show-code-qr': route(REQUEST, gets('referrals'), ...knows('PUBLIC_URL')),
  'list-link-clicks': route(EXPORT, shows, readsContract('money')),
  'rollup-clicks': when(
    onLogs('redirect-link', '{ $.type = "click" }'),
    TASK,
    writes('referrals'),
    readsContract('money'),
  ),
};
