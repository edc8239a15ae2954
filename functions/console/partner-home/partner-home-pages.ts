import type { Action, Page } from '#functions/console/web/page';
import { showPartnerHome } from './show-home.tsx';
import { inboxPages } from './show-inbox.tsx';
import { showPartnerTier } from './show-tier.tsx';

export const partnerHomePages: readonly (Page | Action)[] = [showPartnerHome, showPartnerTier, ...inboxPages];
