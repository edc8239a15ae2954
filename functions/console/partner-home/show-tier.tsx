import type { JSX } from 'preact';
import { Card, Stack, Table, Time } from '#console/ui/parts';
import { definePage, part, view } from '#functions/console/web/page';
import { PARTNER_PATH, partnerHref } from '#functions/console/web/paths';
import { getTierProgressRoute } from '#shared/contracts/partners/tiers/get-tier-progress';
import { listTierHistoryRoute } from '#shared/contracts/partners/tiers/list-tier-history';
import { tierName } from './home-words.ts';
import { TierCard } from './tier-card.tsx';

const NEWEST_FIRST = 'Newest first';
/** In the address of who has no script, and waits for the page instead. */
const MEASURED = 'measured';

/** Where a partner stands: the history at once; what is left to the next tier a moment later, here as on the home page, since it reads every sale of the open months. */
export const showPartnerTier = definePage({
  name: 'show-partner-tier',
  path: `${PARTNER_PATH}/tier`,
  access: ['partner', 'partner_manager', 'finance', 'admin'],
  show: async (visit) => {
    const { api, format, programme, params: path } = visit;
    const { programId } = programme;
    const { partnerId = '' } = path;
    const params = { programId, partnerId };
    if (visit.wantsPart) {
      return part(<TierCard progress={await api.call(getTierProgressRoute, { params })} format={format} />);
    }
    const [progress, history] = await Promise.all([
      visit.query.has(MEASURED) ? api.call(getTierProgressRoute, { params }) : undefined,
      api.call(listTierHistoryRoute, { params }),
    ]);
    const tiers = history.tiers.toSorted((a, b) => Date.parse(b.recordedAt) - Date.parse(a.recordedAt));
    return view({
      title: 'Tier',
      trail: [['Home', `${partnerHref(programId, partnerId)}/home`]],
      lead: 'What your tier pays, and what leads to the next.',
      body: (
        <Stack>
          {progress ? (
            <TierCard progress={progress} format={format} />
          ) : (
            <TierToCome href={`${partnerHref(programId, partnerId)}/tier`} />
          )}
          <Card title="Tiers so far" lead={NEWEST_FIRST} flush>
            <Table
              caption="Tiers so far"
              rows={tiers}
              keyOf={({ tierTermId }) => tierTermId}
              columns={[
                { label: 'Tier', cell: ({ tier }) => tierName(tier) },
                { label: 'From', cell: ({ from }) => <Time at={from} format={format} as="day" /> },
                { label: 'Why', cell: ({ reason }) => reason },
              ]}
            />
          </Card>
        </Stack>
      ),
    });
  },
});

/** Stands in the place of the tier until it has been measured, which takes longer than the rest of the page. */
export function TierToCome({ href }: { readonly href: string }): JSX.Element {
  return (
    <section class="card tier-to-come" hx-get={href} hx-trigger="load" hx-swap="outerHTML">
      <div class="card-header">
        <h2 class="card-title">Your tier</h2>
      </div>
      <div class="card-body">
        <p>
          <a href={`${href}?${MEASURED}=yes`}>See your tier and what is left to the next</a>
        </p>
      </div>
    </section>
  );
}
