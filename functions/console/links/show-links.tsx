import { FilterField, Filters } from '#console/ui/form';
import { Card, Stack } from '#console/ui/parts';
import { namesOf } from '#functions/console/web/names';
import { type Action, defineAction, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { PARTNER_PATH, PROGRAM_PATH, partnerHref } from '#functions/console/web/paths';
import { createLinkRoute } from '#shared/contracts/tracking/create-link';
import { listLinksRoute } from '#shared/contracts/tracking/list-links';
import { endOfDay, LINK_FIELDS, LinkForm, utmOf } from './link-form.tsx';
import { LinksView } from './links-view.tsx';

const READERS = ['partner', 'partner_manager', 'finance', 'admin'] as const;
const WRITERS = ['partner', 'partner_manager', 'admin'] as const;
const A_PAGE = 50;

/** A partner's links and what they brought, and a form for another. */
export const showPartnerLinks: Page = definePage({
  name: 'show-partner-links',
  path: `${PARTNER_PATH}/links`,
  access: READERS,
  show: async (visit) => {
    const { api, query, params, programme } = visit;
    const { partnerId = '' } = params;
    const { items, nextCursor } = await api.call(listLinksRoute, {
      params: { programId: programme.programId },
      query: { partnerId, cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
    });
    return view({
      title: 'Links',
      lead: 'Whoever follows one lands in the shop, and what they buy is yours. Clicks are counted within a minute or so.',
      body: (
        <Stack>
          <Card flush>
            <LinksView
              visit={visit}
              links={items}
              nextCursor={nextCursor}
              empty="Make one below: say where in the shop it leads, and share it wherever you like."
            />
          </Card>
          {visit.may(...WRITERS) ? (
            <Card title="Make a link">
              <LinkForm visit={visit} action={createLink} />
            </Card>
          ) : null}
        </Stack>
      ),
    });
  },
});

const createLink: Action = defineAction({
  name: 'create-link',
  path: `${PARTNER_PATH}/links`,
  access: WRITERS,
  page: showPartnerLinks,
  fields: LINK_FIELDS,
  send: async ({ api, params, programme: { programId, timeZone } }, form, idempotencyKey) => {
    const { partnerId = '' } = params;
    const link = await api.call(createLinkRoute, {
      params: { programId },
      body: {
        partnerId,
        destination: form.text('destination'),
        slug: form.optional('slug'),
        campaign: form.optional('campaign'),
        utm: utmOf(form),
        expiresAt: endOfDay(form, 'expiresAt', timeZone),
      },
      idempotencyKey,
    });
    return redirect(
      `${partnerHref(programId, partnerId)}/links/${link.slug}`,
      'The link is made. Copy it, or its QR code.',
    );
  },
});

/** Every link of the programme, by partner. */
export const showLinks = definePage({
  name: 'show-links',
  path: `${PROGRAM_PATH}/links`,
  access: ['partner_manager', 'finance', 'admin'],
  show: async (visit) => {
    const { api, query, programme } = visit;
    const { items, nextCursor } = await api.call(listLinksRoute, {
      params: { programId: programme.programId },
      query: {
        partnerId: query.get('partnerId') ?? undefined,
        cursor: query.get('cursor') ?? undefined,
        limit: A_PAGE,
      },
    });
    const names = await namesOf(visit, { partners: [...new Set(items.map(({ partnerId }) => partnerId))] });
    return view({
      title: 'Links',
      lead: 'Of all partners, with what they brought. A link is made on its partner’s page.',
      body: (
        <Stack>
          <Filters action={visit.address.split('?')[0] ?? ''}>
            <FilterField name="partnerId" label="Partner id" value={query.get('partnerId')} />
          </Filters>
          <Card flush>
            <LinksView
              visit={visit}
              links={items}
              nextCursor={nextCursor}
              nameOf={names.partner}
              empty="Partners make them themselves once the programme names where links may lead, or you make one on a partner’s page."
            />
          </Card>
        </Stack>
      ),
    });
  },
});

export const linkListPages: readonly (Page | Action)[] = [showPartnerLinks, createLink, showLinks];
