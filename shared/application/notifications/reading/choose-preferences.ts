import { Failure, type FieldError } from '#shared/application/failure';
import {
  cadenceOf,
  isKind,
  isSummed,
  kindsFor,
  ruleOf,
  SUMMED_KINDS,
} from '#shared/application/notifications/cadences';
import type { NoticeInterest } from '#shared/application/notifications/interest';
import type { Audience, Cadence } from '#shared/application/notifications/messages';
import type { Choices, Preferences, RecipientId, StoredChoices } from '#shared/application/notifications/preferences';
import { spansAfter } from '#shared/application/notifications/summed-sales';
import type { Clock } from '#shared/application/ports';
import { toInstant } from '#shared/domain/time/instant';
import { quietMinutes } from '#shared/domain/time/reading-hours';

/** What waits is looked at every hour: there must be a look that is not quiet, also on the day of a clock change. */
const MAX_QUIET_MINUTES = 20 * 60;
/** As often as another change may be faster. */
const MAX_TRIES = 5;

export type Chooser = {
  readonly programId: string;
  readonly recipientId: RecipientId;
  readonly audience: Audience;
  readonly by: string;
};

/** What a reader asks for, as it came: kinds and cadences are checked here, by name. Absent stays; null: as usual again. */
export type Wish = { readonly [F in Exclude<keyof Choices, 'cadences'>]?: Choices[F] | null } & {
  readonly cadences?: Readonly<Record<string, Cadence | null>> | undefined;
};

export type ChooseDeps = {
  readonly preferences: Pick<Preferences, 'find' | 'save'>;
  readonly interest: Pick<NoticeInterest, 'add'>;
  readonly clock: Clock;
};

/**
 * Changes what a reader has chosen in what is named alone: whoever sets a language undoes no unsubscription.
 * @throws Failure invalid_request naming each kind and its rule; temporarily_unavailable
 */
export function makeSetPreferences(deps: ChooseDeps) {
  return async (chooser: Chooser, wish: Wish): Promise<StoredChoices> => {
    check(chooser.audience, wish);
    return change(deps, chooser, wish);
  };
}

async function change(
  { preferences, interest, clock }: ChooseDeps,
  { programId, recipientId, audience, by }: Chooser,
  wish: Wish,
): Promise<StoredChoices> {
  for (let count = 0; count < MAX_TRIES; count += 1) {
    const before = await preferences.find(programId, recipientId);
    const now = toInstant(clock());
    const choices = after(before, wish);
    const summed =
      audience === 'partner'
        ? Object.fromEntries(SUMMED_KINDS.map((kind) => [kind, spansAfter(kind, { before, after: choices, now })]))
        : undefined;
    const changed = { changedAt: now, changedBy: by, version: (before?.version ?? 0) + 1 };
    // Before it holds: interest that nobody has any more costs little, and interest that is not known loses sales.
    for (const kind of kindsFor(audience)) {
      if (isSummed(kind, audience) && cadenceOf(kind, choices) === 'now') await interest.add(programId, kind);
    }
    const stored = { ...choices, ...(summed && { summed }), ...changed };
    if ((await preferences.save(programId, recipientId, stored)) === 'saved') return stored;
  }
  throw new Failure('temporarily_unavailable', 'These preferences are being changed by others. Repeat the request.');
}

/** What was chosen before, with the wish on top of it. */
function after(before: Choices | undefined, wish: Wish): Choices {
  const kept = <F extends keyof Omit<Choices, 'cadences'>>(field: F): Choices[F] =>
    wish[field] === undefined ? before?.[field] : ((wish[field] ?? undefined) as Choices[F]);
  const cadences = Object.entries({ ...before?.cadences, ...wish.cadences }).filter(([, cadence]) => cadence !== null);
  return {
    cadences: Object.fromEntries(cadences),
    language: kept('language'),
    timeZone: kept('timeZone'),
    quietHours: kept('quietHours'),
    digestHour: kept('digestHour'),
  };
}

/** @throws Failure invalid_request */
function check(audience: Audience, { cadences = {}, quietHours }: Wish): void {
  const errors: FieldError[] = Object.entries(cadences).flatMap(([kind, cadence]) => {
    const pointer = `/cadences/${kind}`;
    if (!isKind(kind) || !kindsFor(audience).includes(kind)) {
      return [{ pointer, rule: `must be one of ${kindsFor(audience).join(', ')}` }];
    }
    const { cadences: allowed, rule } = ruleOf(kind);
    return cadence === null || allowed.includes(cadence)
      ? []
      : [{ pointer, rule: `must be ${allowed.join(' or ')}: ${kind} ${rule}` }];
  });
  const quiet = quietHours ? quietMinutes(quietHours) : undefined;
  if (quiet !== undefined && (quiet === 0 || quiet > MAX_QUIET_MINUTES)) {
    const rule = 'must last at least a minute and leave at least four hours of each day in which e-mail may come';
    errors.push({ pointer: '/quietHours', rule });
  }
  if (errors.length > 0) {
    const named = errors.map(({ pointer, rule }) => `${pointer} ${rule}`).join('; ');
    throw new Failure('invalid_request', `Correct and send again: ${named}.`, { errors });
  }
}
