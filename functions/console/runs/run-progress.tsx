import type { ComponentChildren, JSX } from 'preact';
import { Icon } from '#console/ui/icons';
import { Card, Facts } from '#console/ui/parts';
import type { NamesOf } from '#functions/console/web/names';
import type { Visit } from '#functions/console/web/page';
import { isComputing, isMoving, type Run, runStatus, stepsOf } from './run-words.ts';

/** What changes while a run works is fetched anew every two seconds, until nothing moves any more. */
export function LiveRun({
  run,
  address,
  children,
}: {
  readonly run: Pick<Run, 'status' | 'approvals'>;
  readonly address: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  if (!isMoving(run)) return <div id="run">{children}</div>;
  return (
    <div id="run" hx-get={address} hx-trigger="every 2s" hx-swap="outerHTML" hx-target="this">
      {children}
    </div>
  );
}

/** How far a run is, step by step. */
export function RunProgress({
  visit,
  run,
  names,
}: {
  readonly visit: Pick<Visit, 'format' | 'address'>;
  readonly run: Run;
  readonly names: NamesOf;
}): JSX.Element {
  const steps = stepsOf(run);
  const now = steps.find(({ state }) => state === 'now');
  return (
    <Card
      title={isComputing(run) ? 'The run is being computed' : 'The run is being paid'}
      lead="You can leave this page; it goes on by itself."
    >
      <p role="status" class="visually-hidden">
        {now ? `Now: ${now.name}` : ''}
      </p>
      <ol class="steps-list">
        {steps.map(({ name, says, state }) => (
          <li key={name} class={`step-${state}`} aria-current={state === 'now' ? 'step' : undefined}>
            <span class="step-mark">
              {state === 'done' ? (
                <Icon name="done" />
              ) : state === 'now' ? (
                <span class="spinner-border spinner-border-sm" aria-hidden="true" />
              ) : null}
            </span>
            <span>
              <strong>{name}</strong>
              <span class="visually-hidden"> ({{ done: 'done', now: 'in progress', next: 'to come' }[state]})</span>
              <span class="d-block text-secondary">{says}</span>
            </span>
          </li>
        ))}
      </ol>
      <Facts
        rows={[
          ['Started by', names.person(run.openedBy)],
          ['Started', visit.format.moment(run.openedAt)],
          ['Attempt', run.attempt > 1 ? visit.format.count(run.attempt) : undefined],
        ]}
      />
      <Reload address={visit.address} />
    </Card>
  );
}

/** The last decision is given: what follows begins in a moment. */
export function DecidedRun({ visit, run }: { readonly visit: Pick<Visit, 'address'>; readonly run: Run }): JSX.Element {
  return (
    <Card title={runStatus(run)[1]} lead="You can leave this page; it goes on by itself.">
      <p role="status" class="mb-0">
        <span class="spinner-border spinner-border-sm" aria-hidden="true" /> It takes a moment.
      </p>
      <Reload address={visit.address} />
    </Card>
  );
}

/** For browsers without script: nothing changes there by itself. */
function Reload({ address }: { readonly address: string }): JSX.Element {
  return (
    <noscript>
      <p class="mt-3 mb-0">
        <a class="btn" href={address}>
          Reload to see how far it is
        </a>
      </p>
    </noscript>
  );
}
