import { momentOf } from '#shared/application/notifications/dispute-notice';
import { mailPage } from '#shared/application/notifications/mail-page';
import type { Mail } from '#shared/application/notifications/ports';
import type { Program } from '#shared/application/programs';

export type WaitingRun = {
  readonly type: 'run.awaiting_decision' | 'run.reminded' | 'run.expired';
  readonly programId: string;
  readonly runId: string;
  readonly period: string;
  readonly approvalsRequired: number;
  readonly approvals: number;
  readonly decisionBy?: string | undefined;
  /** Of a reminder. */
  readonly afterHours?: number | undefined;
};

type Named = Pick<Program, 'name' | 'timeZone'>;

const HOURS_A_DAY = 24;
const FOOTER = 'You are named for decisions on payout runs of this programme, or as its escalation contact.';

/** What a payout run wants of those who decide on it, in plain words. No amount: that is read where it can be proved. */
export function waitingRunMail(run: WaitingRun, program: Named): Omit<Mail, 'to'> {
  const { title, facts } = WORDS[run.type](run, program);
  return {
    subject: title,
    text: `${[...facts, FOOTER].join('\n\n')}\n`,
    html: mailPage(title, 'Hello,', facts, FOOTER),
  };
}

const WORDS: Readonly<
  Record<WaitingRun['type'], (run: WaitingRun, program: Named) => { title: string; facts: readonly string[] }>
> = {
  'run.awaiting_decision': (run, program) => ({
    title: `The payouts of ${run.period} in ${program.name} wait for a decision`,
    facts: [
      `Run ${run.runId} is computed. ${peopleOf(run.approvalsRequired)} must approve it; nobody is paid until then.`,
      'Read the run, compare it with what you expect, and approve exactly what you saw, or reject it with the reason.',
      ...expiryFacts(run, program),
    ],
  }),
  'run.reminded': (run, program) => ({
    title: `Reminder: the payouts of ${run.period} in ${program.name} still wait for a decision`,
    facts: [
      `Run ${run.runId} has waited for ${durationOf(run.afterHours ?? 0)}: ${run.approvals} of ${run.approvalsRequired} approvals have come.`,
      'Who has approved it need do nothing more. The others read it, and approve exactly what they saw, or reject it with the reason.',
      ...expiryFacts(run, program),
    ],
  }),
  'run.expired': (run, program) => ({
    title: `The payout run of ${run.period} in ${program.name} expired: nobody was paid`,
    facts: [
      `${run.approvals} of ${run.approvalsRequired} approvals of run ${run.runId} had come when its time ran out.`,
      `The drafts are void; ${run.period} is open again. Nothing that was recorded is lost.`,
      `What to do next: open the run of ${run.period} again. It does not open by itself. A new attempt computes the month anew and waits for its decision.`,
    ],
  }),
};

function expiryFacts({ decisionBy, period }: WaitingRun, program: Named): readonly string[] {
  if (decisionBy === undefined) return [];
  return [
    `Without a decision by ${momentOf(decisionBy, program)} the run expires: its drafts are void then, and ${period} is open again.`,
  ];
}

function peopleOf(count: number): string {
  return count === 1 ? 'One person' : `${count} different people`;
}

function durationOf(hours: number): string {
  if (hours % HOURS_A_DAY !== 0) return hours === 1 ? 'an hour' : `${hours} hours`;
  return hours === HOURS_A_DAY ? 'a day' : `${hours / HOURS_A_DAY} days`;
}
