import { FilterField, Filters } from '#console/ui/form';
import { Card, Stack } from '#console/ui/parts';
import { namesOf } from '#functions/console/web/names';
import { type Action, defineAction, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { PARTNER_PATH, PROGRAM_PATH, partnerHref } from '#functions/console/web/paths';
import { createCodeRoute } from '#shared/contracts/tracking/create-code';
import { listCodesRoute } from '#shared/contracts/tracking/list-codes';
import { CODE_FIELDS, CodeForm, codeOf } from './code-form.tsx';
import { CodesView } from './codes-view.tsx';

const READERS = ['partner', 'partner_manager', 'finance', 'admin'] as const;
const CARE = ['partner_manager', 'admin'] as const;
const A_PAGE = 50;

/** A partner's codes and how often they were redeemed; for those who look after partners a form for another. */
export const showPartnerCodes: Page = definePage({
  name: 'show-partner-codes',
  path: `${PARTNER_PATH}/codes`,
  access: READERS,
  show: async (visit) => {
    const { api, query, params, programme } = visit;
    const { partnerId = '' } = params;
    const { items, nextCursor } = await api.call(listCodesRoute, {
      params: { programId: programme.programId },
      query: { partnerId, cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
    });
    const mayMake = visit.may(...CARE);
    return view({
      title: 'Codes',
      lead: 'Customers enter one at the checkout: it says who sent them, and may take something off.',
      body: (
        <Stack>
          <Card flush>
            <CodesView
              visit={visit}
              codes={items}
              nextCursor={nextCursor}
              empty={
                mayMake
                  ? 'Make one below.'
                  : 'Your partner manager makes codes, because they can take something off the price. Ask for one.'
              }
            />
          </Card>
          {mayMake ? (
            <Card title="Make a code" lead="Nobody can change whose code it is.">
              <CodeForm visit={visit} action={createCode} />
            </Card>
          ) : null}
        </Stack>
      ),
    });
  },
});

const createCode: Action = defineAction({
  name: 'create-code',
  path: `${PARTNER_PATH}/codes`,
  access: CARE,
  page: showPartnerCodes,
  fields: CODE_FIELDS,
  send: async ({ api, params, programme }, form, idempotencyKey) => {
    const { partnerId = '' } = params;
    const { programId } = programme;
    const { code } = await api.call(createCodeRoute, {
      params: { programId },
      body: { partnerId, code: form.optional('code'), ...codeOf(form, programme) },
      idempotencyKey,
    });
    return redirect(
      `${partnerHref(programId, partnerId)}/codes/${encodeURIComponent(code)}`,
      `The code ${code} is made.`,
    );
  },
});

/** Every code of the programme, by partner. */
export const showCodes = definePage({
  name: 'show-codes',
  path: `${PROGRAM_PATH}/codes`,
  access: ['partner_manager', 'finance', 'admin'],
  show: async (visit) => {
    const { api, query, programme } = visit;
    const { items, nextCursor } = await api.call(listCodesRoute, {
      params: { programId: programme.programId },
      query: {
        partnerId: query.get('partnerId') ?? undefined,
        cursor: query.get('cursor') ?? undefined,
        limit: A_PAGE,
      },
    });
    const names = await namesOf(visit, { partners: [...new Set(items.map(({ partnerId }) => partnerId))] });
    return view({
      title: 'Codes',
      lead: 'Of all partners. A code is made on its partner’s page.',
      body: (
        <Stack>
          <Filters action={visit.address.split('?')[0] ?? ''}>
            <FilterField name="partnerId" label="Partner id" value={query.get('partnerId')} />
          </Filters>
          <Card flush>
            <CodesView
              visit={visit}
              codes={items}
              nextCursor={nextCursor}
              nameOf={names.partner}
              empty="Make one on a partner’s page, or send them over the API."
            />
          </Card>
        </Stack>
      ),
    });
  },
});

export const codeListPages: readonly (Page | Action)[] = [showPartnerCodes, createCode, showCodes];
