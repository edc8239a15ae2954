import type { JSX } from 'preact';
import { Requirement } from '#console/tiers/requirement-list';
import { ButtonLink, Card, Empty, Pager, Stack, Table } from '#console/ui/parts';
import { namesOf } from '#functions/console/web/names';
import { definePage, type Visit, view } from '#functions/console/web/page';
import { programHref } from '#functions/console/web/paths';
import { getTierSchemeRoute } from '#shared/contracts/partners/tiers/get-tier-scheme';
import { listTierSchemeVersionsRoute } from '#shared/contracts/partners/tiers/list-tier-scheme-versions';
import { editTiersHref, partnersOnHref, TIER_READERS, TIERS_PATH } from './tier-paths.ts';
import { movesWords, type Scheme, type SchemeTier } from './tier-words.ts';

const VERSIONS_A_PAGE = 10;

/** Who gets which tier for what, how partners move, and who changed it. */
export const showTiers = definePage({
  name: 'show-tiers',
  path: TIERS_PATH,
  access: TIER_READERS,
  show: async (visit) => {
    const { api, format, programme, query } = visit;
    const { programId } = programme;
    const cursor = query.get('cursor') ?? undefined;
    const [scheme, versions] = await Promise.all([
      api.call(getTierSchemeRoute, { params: { programId } }),
      api.call(listTierSchemeVersionsRoute, { params: { programId }, query: { cursor, limit: VERSIONS_A_PAGE } }),
    ]);
    const names = await namesOf(visit, { people: versions.items.map(({ recordedBy }) => recordedBy) });
    return view({
      title: 'Tiers',
      lead: 'Every night each partner is held against what the tiers ask for. What a tier pays is in the plan of each partner.',
      actions: visit.may('admin') ? (
        <ButtonLink href={editTiersHref(programId)} icon="edit" primary>
          Change the tiers
        </ButtonLink>
      ) : null,
      body: (
        <Stack>
          <SchemeTable visit={visit} scheme={scheme} />
          <Card title="How partners move">
            <ul class="mb-0">
              {movesWords(scheme, format).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
              <li>A tier that a person gave is never lowered by a review, unless it was given until a day.</li>
              <li>
                Nobody is raised to a tier that its plan pays nothing for: a plan names each tier’s rate.{' '}
                <a href={`${programHref(programId)}/plans`}>Plans</a>
              </li>
            </ul>
          </Card>
          <Card title="Who changed them" flush>
            {versions.items.length === 0 ? (
              <Empty icon="tiers" title="Nobody has changed them">
                The programme goes by the tiers that Tallystick comes with.
              </Empty>
            ) : (
              <Table
                caption="Versions of the tiers, newest first"
                rows={versions.items}
                keyOf={({ version }) => String(version)}
                columns={[
                  { label: 'Version', cell: ({ version }) => `Version ${version}` },
                  { label: 'Tiers', cell: ({ tiers }) => tiers.map(({ tier }) => tier).join(', ') },
                  { label: 'Why', cell: ({ reason }) => <span class="said">{reason}</span> },
                  { label: 'By', isMinor: true, cell: ({ recordedBy }) => names.person(recordedBy) },
                  {
                    label: 'When',
                    isMinor: true,
                    cell: ({ recordedAt }) => (recordedAt === undefined ? '' : format.moment(recordedAt)),
                  },
                ]}
              />
            )}
            <Pager address={visit.address} nextCursor={versions.nextCursor} />
          </Card>
        </Stack>
      ),
    });
  },
});

function SchemeTable({ visit, scheme }: { readonly visit: Visit; readonly scheme: Scheme }): JSX.Element {
  const { format, programme } = visit;
  return (
    <Card
      title="Who gets which tier"
      lead="The lowest first. A partner has the highest whose conditions it meets."
      flush
    >
      <Table
        caption="The tiers in force, lowest first"
        rows={scheme.tiers}
        keyOf={({ tier }) => tier}
        columns={[
          { label: 'Tier', cell: ({ tier }) => <strong>{tier}</strong> },
          { label: 'For', cell: (tier) => <Asked visit={visit} tier={tier} /> },
          {
            label: 'Suggested rate',
            isNumber: true,
            isMinor: true,
            cell: ({ suggestedRateBps }) => (suggestedRateBps === undefined ? '' : format.percent(suggestedRateBps)),
          },
          {
            label: 'Partners',
            cell: ({ tier }) => (
              <a href={partnersOnHref(programme.programId, tier)}>
                See who<span class="visually-hidden"> is {tier}</span>
              </a>
            ),
          },
        ]}
      />
    </Card>
  );
}

function Asked({ visit, tier }: { readonly visit: Visit; readonly tier: SchemeTier }): JSX.Element {
  return tier.byInvitation ? (
    <>By invitation: only a person gives it.</>
  ) : (
    <Requirement visit={visit} requires={tier.requires} />
  );
}
