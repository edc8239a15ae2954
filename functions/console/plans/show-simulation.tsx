import type { JSX } from 'preact';
import type * as z from 'zod';
import { CostByMonth, CostFigures, Movers, moversOf } from '#console/plans/simulation-cost';
import { rowsOf, SimulationTable, TABS, type Tab, TablePages } from '#console/plans/simulation-tables';
import { Alert, ButtonLink, Card, Facts, Progress, Stack, Tabs } from '#console/ui/parts';
import { namesOf } from '#functions/console/web/names';
import { definePage, part, type Visit, view } from '#functions/console/web/page';
import { getSimulationRoute } from '#shared/contracts/payouts/simulations/get-simulation';
import {
  draftHref,
  PLAN_WRITERS,
  planHref,
  plansHref,
  publishHref,
  SIMULATION_PATH,
  SIMULATION_READERS,
  simulateHref,
  simulationHref,
} from './plan-paths.ts';
import { costSentences, monthsWords, replacedWords, type SimulationResult } from './simulation-words.ts';

type Simulation = z.output<typeof getSimulationRoute.response>;

/** A simulation: how far it is, then what it came to. */
export const showSimulation = definePage({
  name: 'show-simulation',
  path: SIMULATION_PATH,
  access: SIMULATION_READERS,
  show: async (visit) => {
    const { api, programme, params, format } = visit;
    const { programId } = programme;
    const simulation = await api.call(getSimulationRoute, {
      params: { programId, simulationId: params.simulationId ?? '' },
    });
    const body = await bodyOf(visit, simulation);
    if (visit.wantsPart) return part(body);
    return view({
      title: `Simulation of ${monthsWords(simulation, format)}`,
      trail: [['Plans', plansHref(programId)]],
      body,
    });
  },
});

async function bodyOf(visit: Visit, simulation: Simulation): Promise<JSX.Element> {
  if (simulation.status === 'running') return <Running visit={visit} simulation={simulation} />;
  const { result } = simulation;
  if (!result) return <Failed visit={visit} simulation={simulation} />;
  const tab = TABS.find((one) => one === visit.query.get('show')) ?? 'cost';
  const page = Math.max(0, Number.parseInt(visit.query.get('page') ?? '0', 10) || 0);
  const rows = rowsOf(result, tab, page);
  const names = await namesOf(visit, {
    people: [simulation.requestedBy],
    partners: tab === 'cost' ? moversOf(result) : rows.partners,
  });
  const { programId } = visit.programme;
  const at = (show: Tab, number = 0): string =>
    `${simulationHref(programId, result.simulationId)}?show=${show}${number > 0 ? `&page=${number}` : ''}`;
  const count = (label: string, of: number): string => (of === 0 ? label : `${label} (${visit.format.count(of)})`);
  return (
    <div id="simulation">
      <Stack>
        <Outcome visit={visit} result={result} by={names.person(simulation.requestedBy)} />
        <Tabs
          label="Parts of the result"
          tabs={[
            ['Cost and movers', at('cost'), tab === 'cost'],
            [count('Partners', result.items.length), at('partners'), tab === 'partners'],
            [count('Brackets', result.bracketChangeCount), at('brackets'), tab === 'brackets'],
            [count('Tiers', result.tierChangeCount), at('tiers'), tab === 'tiers'],
          ]}
        />
        {tab === 'cost' ? (
          result.totals.map((total) => (
            <Stack key={total.currency}>
              <CostFigures visit={visit} total={total} />
              <CostByMonth visit={visit} result={result} total={total} />
              <Movers visit={visit} result={result} total={total} names={names} />
            </Stack>
          ))
        ) : (
          <Card title={TITLES[tab]} flush>
            <SimulationTable tab={tab} visit={visit} result={result} names={names} page={page} />
            <TablePages href={(number) => at(tab, number)} page={page} count={rows.count} />
          </Card>
        )}
      </Stack>
    </div>
  );
}

const TITLES = {
  partners: 'What each partner would have earned',
  brackets: 'Who lies in another bracket',
  tiers: 'What tiers are worth',
} as const;

/** What it comes to in words, and the way on. */
function Outcome({
  visit,
  result,
  by,
}: {
  readonly visit: Visit;
  readonly result: SimulationResult;
  readonly by: string;
}): JSX.Element {
  const { format, programme } = visit;
  const { programId } = programme;
  const { draftId, planVersion } = result;
  const simulated =
    draftId === undefined ? (
      typeof planVersion === 'number' ? (
        <a href={planHref(programId, planVersion)}>Version {planVersion}</a>
      ) : (
        'The terms that were in force'
      )
    ) : (
      <>
        <a href={draftHref(programId, draftId)}>The draft</a> as it was saved the {ordinal(result.revision ?? 1)} time
      </>
    );
  return (
    <Card
      title="What it comes to"
      actions={
        draftId === undefined ? null : (
          <>
            <ButtonLink href={simulateHref(programId, draftId)}>Other months</ButtonLink>
            {visit.may(...PLAN_WRITERS) ? (
              <>
                <ButtonLink href={draftHref(programId, draftId)} icon="edit">
                  Change the draft
                </ButtonLink>
                <ButtonLink href={publishHref(programId, draftId, result.simulationId)} primary>
                  Publish …
                </ButtonLink>
              </>
            ) : null}
          </>
        )
      }
    >
      {costSentences(result, format).map((sentence) => (
        <p key={sentence} class="decision-sentence">
          {sentence}
        </p>
      ))}
      {result.mismatches.length > 0 ? (
        <Alert tone="bad" title="Some closed months do not come out as they were paid">
          <p>
            {format.count(result.mismatches.length)} statements of these months are not reproduced by the terms in
            force. Do not rely on this result; ask the operator to run <code>npm run verify</code>.
          </p>
        </Alert>
      ) : null}
      <Facts
        rows={[
          ['Simulated', simulated],
          ['In the place of', replacedWords(result, format)],
          [
            'Compared with',
            `${format.count(result.runIds.length)} approved payout ${result.runIds.length === 1 ? 'run' : 'runs'}`,
          ],
          ['Asked for by', by],
        ]}
      />
      <p class="form-hint mb-0 mt-3">
        Sales, refunds, tiers and the dates of agreements are as they were; clawbacks and corrections are left out.
      </p>
    </Card>
  );
}

function ordinal(count: number): string {
  const last = count % 100;
  const ending = last >= 11 && last <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}

const PARTS = 10_000;

function Running({ visit, simulation }: { readonly visit: Visit; readonly simulation: Simulation }): JSX.Element {
  const { format, address } = visit;
  const { shards, shardsDone, conversionsDone } = simulation.progress;
  return (
    <div id="simulation" hx-get={address} hx-trigger="every 2s" hx-swap="outerHTML" hx-target="this">
      <Card title="Being computed" lead="You can leave this page; it goes on by itself.">
        <p role="status">
          {shards === undefined
            ? 'Finding the partners of these months.'
            : `${format.count(shardsDone)} of ${format.count(shards)} groups of partners are done, ${format.count(conversionsDone)} sales so far.`}
        </p>
        <Progress
          doneBps={shards === undefined || shards === 0 ? 0 : Math.floor((shardsDone * PARTS) / shards)}
          label="How far the simulation is"
        />
        <noscript>
          <p class="mt-3 mb-0">
            <a class="btn" href={address}>
              Reload to see how far it is
            </a>
          </p>
        </noscript>
      </Card>
    </div>
  );
}

function Failed({ visit, simulation }: { readonly visit: Visit; readonly simulation: Simulation }): JSX.Element {
  const { programId } = visit.programme;
  return (
    <div id="simulation">
      <Alert tone="bad" title="The simulation stopped">
        <p>{simulation.failure?.reason ?? 'It gave no reason.'} Nothing was changed by it.</p>
        {simulation.draftId === undefined ? null : (
          <p>
            <a href={simulateHref(programId, simulation.draftId)}>Simulate again</a>
          </p>
        )}
      </Alert>
    </div>
  );
}
