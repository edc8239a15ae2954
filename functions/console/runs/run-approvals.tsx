import type { JSX } from 'preact';
import { Alert, Badge } from '#console/ui/parts';
import type { NamesOf } from '#functions/console/web/names';
import type { Visit } from '#functions/console/web/page';
import { countingApprovals, hashGroups, type OwnRun, type Run } from './run-words.ts';

type Props = { readonly visit: Pick<Visit, 'format' | 'now'>; readonly run: Run; readonly names: NamesOf };

/** Who decided what and when, and who is still missing. */
export function Approvals({ visit: { format, now }, run, names }: Props): JSX.Element {
  const { given, required } = run.approvals;
  const missing = required - countingApprovals(run);
  return (
    <>
      {given.length === 0 ? null : (
        <ul class="decisions" aria-label="Decisions so far">
          {given.map(({ by, at, decision, comment, voidedBy }) => (
            <li key={`${by} ${at}`}>
              <Badge tone={voidedBy ? 'plain' : decision === 'approve' ? 'good' : 'bad'}>
                {voidedBy ? 'No longer counts' : decision === 'approve' ? 'Approved' : 'Rejected'}
              </Badge>{' '}
              <strong>{names.person(by)}</strong> <span class="text-secondary">{format.moment(at)}</span>
              {comment ? <span class="d-block">“{comment}”</span> : null}
              {voidedBy ? (
                <span class="d-block text-secondary">
                  This person has since changed something that the run pays, so somebody else must approve.
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {run.status === 'awaiting_decision' ? (
        <p class="mb-0">
          {missing === 1
            ? given.length === 0
              ? 'One person must approve it.'
              : 'One more person must approve it, somebody who has not decided yet.'
            : `${missing === 2 ? 'Two' : format.count(missing)} different people must approve it.`}
          {run.decisionBy ? (
            <>
              {' '}
              Undecided, it expires <time dateTime={run.decisionBy}>{format.relative(run.decisionBy, now)}</time>, on{' '}
              {format.moment(run.decisionBy)}: nobody is paid then, and the month is open again.
            </>
          ) : null}
        </p>
      ) : null}
    </>
  );
}

/** What is approved, to compare with the other approver: in words for the phone, in digits for the eye. */
export function ContentHash({
  run,
}: {
  readonly run: Pick<OwnRun, 'contentHash' | 'contentHashWords'>;
}): JSX.Element | null {
  if (run.contentHash === null) return null;
  return (
    <dl class="content-hash">
      {run.contentHashWords ? (
        <div>
          <dt>In words</dt>
          <dd class="hash-words">{run.contentHashWords}</dd>
        </div>
      ) : null}
      <div>
        <dt>In digits (SHA-256)</dt>
        <dd class="hash">{hashGroups(run.contentHash)}</dd>
      </div>
    </dl>
  );
}

/** Why the person who looks cannot approve, and what it can do. */
export function WhyNot({ run }: { readonly run: OwnRun }): JSX.Element | null {
  const { allowed, mayReject, reasons } = run.yourDecision;
  if (allowed || run.status !== 'awaiting_decision') return null;
  const isFreshOnly = reasons.length > 0 && reasons.every(({ code }) => code === 'login_not_fresh');
  return (
    <Alert tone="info" title={isFreshOnly ? 'You will be asked to sign in again' : 'You cannot approve this run'}>
      {reasons.map(({ code, text }) => (
        <p key={code} class="mb-1">
          {text}
        </p>
      ))}
      {mayReject && !isFreshOnly && !reasons.some(({ text }) => text.includes('reject')) ? (
        <p class="mb-0">You can still reject it, with a reason.</p>
      ) : null}
    </Alert>
  );
}
