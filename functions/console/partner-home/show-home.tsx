import { Alert, Card, Grid, Stack } from '#console/ui/parts';
import { ApiProblem } from '#functions/console/web/api';
import { definePage, type View, view } from '#functions/console/web/page';
import { PARTNER_PATH, partnerHref } from '#functions/console/web/paths';
import { listInboxRoute } from '#shared/contracts/notifications/list-inbox';
import { getPartnerRoute } from '#shared/contracts/partners/get-partner';
import { getFunnelRoute } from '#shared/contracts/payouts/figures/get-funnel';
import { getMonthSoFarRoute } from '#shared/contracts/payouts/figures/get-month-so-far';
import { listLinksRoute } from '#shared/contracts/tracking/list-links';
import { FirstSteps } from './first-steps.tsx';
import { FunnelCard } from './funnel-card.tsx';
import { MonthBeingCounted, MonthCard, type MonthSoFar } from './month-card.tsx';
import { bestLink, ShareCard } from './share-card.tsx';
import { TierToCome } from './show-tier.tsx';
import { changesOf, SinceCard } from './since-card.tsx';

const NEWEST = 6;
/** Enough to find one worth sharing. */
const LINKS_LOOKED_AT = 50;

/** What a partner sees first: what it has earned and why, where that comes from, where it stands, and what is new. */
export const showPartnerHome = definePage({
  name: 'show-partner-home',
  path: `${PARTNER_PATH}/home`,
  access: ['partner', 'partner_manager', 'finance', 'approver', 'admin'],
  show: async (visit): Promise<View> => {
    const { api, format, programme, session, params: path, now } = visit;
    const { programId, currency } = programme;
    const { partnerId = '' } = path;
    const params = { programId, partnerId };
    const [partner, month, funnel, inbox, links] = await Promise.all([
      api.call(getPartnerRoute, { params }),
      later(api.call(getMonthSoFarRoute, { params })),
      later(api.call(getFunnelRoute, { params })),
      api.maybe(listInboxRoute, { params, query: { limit: NEWEST } }),
      api.maybe(listLinksRoute, { params: { programId }, query: { partnerId, limit: LINKS_LOOKED_AT } }),
    ]);
    const base = partnerHref(programId, partnerId);
    const isOwn = programme.partners.some((one) => one.partnerId === partnerId);
    const { previousVisitAt } = session;
    const best = bestLink(links?.items ?? []);
    const isNew = 'answer' in month && !hasSales(month.answer);
    const clicks = (links?.items ?? []).reduce((sum, one) => sum + one.clicks, 0);
    return view({
      title: isOwn ? `Hello, ${partner.name}` : partner.name,
      lead: isOwn ? `Your partnership with ${programme.name}` : 'As the partner sees it',
      body: (
        <Stack>
          {partner.whatToDo ? (
            <Alert tone="attention" title="Nothing is paid at the moment">
              <p>
                {partner.whatToDo} <a href={`${base}/payee`}>Payment details</a>
              </p>
            </Alert>
          ) : null}
          {isOwn && links && isNew ? (
            <FirstSteps
              base={base}
              hasLink={links.items.length > 0}
              hasPayee={partner.payee !== undefined}
              hasClicks={clicks > 0}
            />
          ) : null}
          <Grid wide>
            {'problem' in month ? (
              <MonthBeingCounted detail={month.problem} address={visit.address} />
            ) : (
              <MonthCard
                month={month.answer}
                currency={currency}
                format={format}
                now={now}
                salesHref={`${base}/conversions`}
              />
            )}
            <Stack>
              {best ? <ShareCard link={best} format={format} base={base} /> : null}
              {visit.may('partner', 'partner_manager', 'finance', 'admin') ? (
                <TierToCome href={`${base}/tier`} />
              ) : null}
            </Stack>
          </Grid>
          {'answer' in funnel ? (
            <FunnelCard funnel={funnel.answer} format={format} base={base} />
          ) : (
            <Card title="From clicks to commission">
              <Alert tone="info" title="It is being counted">
                <p>{funnel.problem}</p>
              </Alert>
            </Card>
          )}
          {inbox ? (
            <SinceCard
              changes={changesOf(inbox.items, partner.tiers, previousVisitAt, format)}
              previousVisitAt={previousVisitAt}
              format={format}
              inboxHref={`${base}/inbox`}
            />
          ) : null}
        </Stack>
      ),
    });
  },
});

/** Whether anything was sold that is not paid yet. */
function hasSales({ statements, earlier }: MonthSoFar): boolean {
  return earlier.length > 0 || statements.some(({ conversions }) => conversions > 0);
}

type Later<T> = { readonly answer: T } | { readonly problem: string };

/** A part that is still being counted keeps nobody from the others. */
async function later<T>(asked: Promise<T>): Promise<Later<T>> {
  try {
    return { answer: await asked };
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 503) return { problem: error.detail };
    throw error;
  }
}
