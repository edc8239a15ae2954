import { LineCalculation } from '#console/statements/line-calculation';
import { FilterField, Filters } from '#console/ui/form';
import { ButtonLink, Stack } from '#console/ui/parts';
import { namesOf } from '#functions/console/web/names';
import { type Action, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { PARTNER_PATH, PROGRAM_PATH, partnerHref, programHref } from '#functions/console/web/paths';
import { explainConversionRoute } from '#shared/contracts/payouts/statements/explain-conversion';
import { listConversionsRoute } from '#shared/contracts/referrals/list-conversions';
import { readPeriod } from './sale-words.ts';
import { SalesView } from './sales-view.tsx';

const A_PAGE = 50;
const STAFF = ['admin', 'finance', 'approver', 'partner_manager'] as const;
const PARTNER = ['partner', ...STAFF] as const;

/** A partner's sales of a month. */
export const showPartnerSales = definePage({
  name: 'show-partner-sales',
  path: `${PARTNER_PATH}/conversions`,
  access: PARTNER,
  show: async (visit) => {
    const { api, query, params, programme } = visit;
    const { programId } = programme;
    const { partnerId = '' } = params;
    const { items, nextCursor, period } = await api.call(listConversionsRoute, {
      params: { programId },
      query: {
        partnerId,
        period: readPeriod(query.get('period')),
        cursor: query.get('cursor') ?? undefined,
        limit: A_PAGE,
      },
    });
    const home = partnerHref(programId, partnerId);
    return view({
      title: 'Sales',
      lead: 'What was sold through links and codes, in the month that pays it. Open a sale to see what it earned, and why.',
      actions: <ButtonLink href={`${home}/disputes/new`}>A sale is missing</ButtonLink>,
      body: (
        <SalesView
          visit={visit}
          sales={items}
          period={period}
          nextCursor={nextCursor}
          base={`${home}/conversions`}
          empty="Sales appear here within a second of the shop recording them. Share a link or a code to bring the first."
        />
      ),
    });
  },
});

/** What one sale of a partner earned, and every rule that looked at it. */
export const showPartnerSale = definePage({
  name: 'show-partner-sale',
  path: `${PARTNER_PATH}/conversions/{orderId}`,
  access: PARTNER,
  show: async ({ api, format, params, programme }) => {
    const { programId } = programme;
    const { partnerId = '', orderId = '' } = params;
    const explanation = await api.call(explainConversionRoute, { params: { programId, orderId } });
    const home = partnerHref(programId, partnerId);
    return view({
      title: `Order ${orderId}`,
      trail: [['Sales', `${home}/conversions?period=${explanation.period.period}`]],
      lead: `Counts in ${format.period(explanation.period.period)}.`,
      actions: (
        <ButtonLink href={`${home}/disputes/new?orderId=${encodeURIComponent(orderId)}`}>Question this</ButtonLink>
      ),
      body: <LineCalculation visit={{ format }} explanation={explanation} partnerId={partnerId} />,
    });
  },
});

/** The sales of a partner, or those of nobody, for staff: the API lists no month of a whole programme at once. */
export const showSales = definePage({
  name: 'show-sales',
  path: `${PROGRAM_PATH}/conversions`,
  access: STAFF,
  show: async (visit) => {
    const { api, query, programme } = visit;
    const { programId } = programme;
    const base = `${programHref(programId)}/conversions`;
    const partnerId = query.get('partnerId')?.trim() || undefined;
    const orderId = query.get('orderId')?.trim() || undefined;
    if (orderId !== undefined) return redirect(`${base}/${encodeURIComponent(orderId)}`);
    const list = await api.call(listConversionsRoute, {
      params: { programId },
      query: {
        ...(partnerId ? { partnerId } : { unattributed: 'true' }),
        period: readPeriod(query.get('period')),
        cursor: query.get('cursor') ?? undefined,
        limit: A_PAGE,
      },
    });
    const names = partnerId ? await namesOf(visit, { partners: [partnerId] }) : undefined;
    return view({
      title: names && partnerId ? `Sales of ${names.partner(partnerId)}` : 'Sales that no partner has',
      lead: partnerId
        ? 'In the month that pays them.'
        : 'Kept, so that a partner can show later that it brought them. Name a partner to see its sales.',
      body: (
        <Stack>
          <Filters action={base}>
            <FilterField name="partnerId" label="Partner id" type="search" value={partnerId} />
            <FilterField name="period" label="Month" type="month" value={list.period} />
          </Filters>
          <Filters action={base}>
            <FilterField name="orderId" label="Order number" type="search" value={undefined} />
          </Filters>
          <SalesView
            visit={visit}
            sales={list.items}
            period={list.period}
            nextCursor={list.nextCursor}
            base={base}
            query={partnerId ? `partnerId=${encodeURIComponent(partnerId)}` : undefined}
            empty={partnerId ? 'This partner brought none.' : 'Every sale of this month has its partner.'}
          />
        </Stack>
      ),
    });
  },
});

/** One sale with every partner's part, for staff. */
export const showSale = definePage({
  name: 'show-sale',
  path: `${PROGRAM_PATH}/conversions/{orderId}`,
  access: STAFF,
  show: async (visit) => {
    const { api, format, params, programme } = visit;
    const { programId } = programme;
    const { orderId = '' } = params;
    const explanation = await api.call(explainConversionRoute, { params: { programId, orderId } });
    const { partnerId, period } = explanation;
    const names = partnerId === null ? undefined : await namesOf(visit, { partners: [partnerId] });
    return view({
      title: `Order ${orderId}`,
      trail: [['Sales', `${programHref(programId)}/conversions?period=${period.period}`]],
      lead:
        names && partnerId !== null ? (
          <>
            A sale of <a href={partnerHref(programId, partnerId)}>{names.partner(partnerId)}</a>, counting in{' '}
            {format.period(period.period)}.
          </>
        ) : (
          'Nobody could claim this sale.'
        ),
      body: <LineCalculation visit={{ format }} explanation={explanation} />,
    });
  },
});

export const salesPages: readonly (Page | Action)[] = [showPartnerSales, showPartnerSale, showSales, showSale];
