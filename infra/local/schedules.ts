import { randomUUID } from 'node:crypto';
import { Cron } from 'croner';
import type { Deliveries } from './deliveries.ts';
import { type Model, onlyKnown, type Resource } from './model.ts';

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
/** setTimeout holds at most 24.8 days; longer rates wait in steps. */
const MAX_STEP_MS = 86_400_000;
const DEFAULT_RETRIES = 185;

type Target = {
  Arn: string;
  Input?: string;
  DeadLetterConfig?: { Arn: string };
  RetryPolicy?: { MaximumRetryAttempts?: number };
};

/** Starts every enabled schedule; returns how to stop them. @throws at once on an expression it does not know. */
export function startSchedules(model: Model, deliveries: Deliveries): () => void {
  const stops = model
    .ofType('AWS::Scheduler::Schedule')
    .filter((schedule) => schedule.properties.State !== 'DISABLED')
    .map((schedule) => startSchedule(schedule, (at) => fire(schedule, at, deliveries)));
  return () => {
    for (const stop of stops) stop();
  };
}

function startSchedule(schedule: Resource, onTime: (at: Date) => void): () => void {
  onlyKnown(
    schedule.properties.Target,
    'Arn Input RoleArn DeadLetterConfig RetryPolicy',
    `target of ${schedule.logicalId}`,
  );
  const expression = String(schedule.properties.ScheduleExpression);
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate) return every(Number(rate[1]) * (UNIT_MS[rate[2] ?? ''] ?? 0), onTime);
  const timezone = String(schedule.properties.ScheduleExpressionTimezone ?? 'UTC');
  const job = new Cron(toCroner(expression), { timezone, unref: true, catch: true }, () => onTime(new Date()));
  return () => job.stop();
}

function every(periodMs: number, onTime: (at: Date) => void): () => void {
  let due = Date.now() + periodMs;
  let timer: NodeJS.Timeout;
  const step = (): void => {
    if (Date.now() >= due) {
      onTime(new Date(due));
      due += periodMs;
    }
    timer = setTimeout(step, Math.max(0, Math.min(due - Date.now(), MAX_STEP_MS)));
    timer.unref();
  };
  step();
  return () => clearTimeout(timer);
}

/** `cron(minutes hours day-of-month month day-of-week year)` with days 1-7 from Sunday, as croner's seven fields. */
export function toCroner(expression: string): string {
  const fields = /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$/.exec(expression)?.slice(1);
  if (!fields) throw new Error(`schedule expression ${expression} is not known to the local host`);
  const [minute, hour, day, month, weekday = '*', year] = fields.map((field) => field.replace('?', '*'));
  const shifted = weekday
    .replace(/^([1-7])L$/, '$1#L')
    .replaceAll(/(?<![#/\d])[1-7](?!\d)/g, (digit) => String(Number(digit) - 1));
  return `0 ${minute} ${hour} ${day} ${month} ${shifted} ${year}`;
}

function fire(schedule: Resource, at: Date, deliveries: Deliveries): void {
  const target = schedule.properties.Target as Target;
  const scheduledTime = at.toISOString().replace(/\.\d+Z$/, 'Z');
  const input = (target.Input ?? '{}')
    .replaceAll('<aws.scheduler.schedule-arn>', schedule.arn)
    .replaceAll('<aws.scheduler.scheduled-time>', scheduledTime)
    .replaceAll('<aws.scheduler.execution-id>', randomUUID())
    .replaceAll('<aws.scheduler.attempt-number>', '1');
  const retries = target.RetryPolicy?.MaximumRetryAttempts ?? DEFAULT_RETRIES;
  deliveries.send({ arn: target.Arn, retries, deadLetter: target.DeadLetterConfig?.Arn }, input);
}
