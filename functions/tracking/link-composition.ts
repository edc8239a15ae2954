import { programs } from '#functions/runtime/programs';
import { clickReads, clock, links, retry } from '#functions/tracking/composition';
import { makeChangeLink } from '#shared/application/tracking/links/change-link';
import { makeGetLink } from '#shared/application/tracking/links/get-link';
import { makeListLinks } from '#shared/application/tracking/links/list-links';

/** Links that exist, seen and changed by the settings of their programme. */
export const listLinksWithClicks = makeListLinks({ links, rollups: clickReads, programs });
export const readLink = makeGetLink({ links, programs });
export const changeLinkOnce = makeChangeLink({ links, programs, clock, ...retry });
