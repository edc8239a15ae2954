import { cadenceOf, kindsFor, mayBeOff } from '#shared/application/notifications/cadences';
import type { UnsubscribeTokens } from '#shared/application/notifications/mail/unsubscribe-tokens';
import type { Audience, Language, NoticeKind } from '#shared/application/notifications/messages';
import type { Preferences, StoredChoices } from '#shared/application/notifications/preferences';
import type { UnsubscribeFrom, UnsubscribeKind } from '#shared/application/notifications/unsubscribe';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { toInstant } from '#shared/domain/time/instant';

/** What a link is about, for the page that asks and the one that says it is done. */
export type Ending = {
  readonly kind: UnsubscribeKind;
  /** As the reader chose; absent when it chose none. */
  readonly language?: Language | undefined;
  /** Absent when it cannot be read: a page without it is better than none. */
  readonly programName?: string | undefined;
  /** Nothing is left to end. */
  readonly isOff?: boolean | undefined;
};

type Programs = Pick<ProgramReader, 'get'>;

async function nameOf(programs: Programs, programId: string): Promise<Pick<Ending, 'programName'>> {
  try {
    return { programName: (await programs.get(programId)).name };
  } catch {
    return {};
  }
}

type Choosing = Pick<StoredChoices, 'cadences'> | undefined;

/** The kinds that a link ends: its own, or those of its reader that come in a digest and may be off. */
export function kindsToEnd({ recipientId, kind }: UnsubscribeFrom, choices: Choosing): readonly NoticeKind[] {
  if (kind !== 'digest.daily' && kind !== 'digest.monthly') return [kind];
  const audience: Audience = recipientId.startsWith('partner:') ? 'partner' : 'staff';
  const rhythm = kind === 'digest.daily' ? 'daily' : 'monthly';
  return kindsFor(audience).filter((one) => mayBeOff(one) && cadenceOf(one, choices) === rhythm);
}

function stillOn(from: UnsubscribeFrom, choices: Choosing): readonly NoticeKind[] {
  return kindsToEnd(from, choices).filter((one) => cadenceOf(one, choices) !== 'off');
}

/** What a link would end, and changes nothing: scanners and previews follow links. `undefined`: no link of ours. */
export function makeShowUnsubscribe(deps: {
  readonly tokens: Pick<UnsubscribeTokens, 'read'>;
  readonly preferences: Pick<Preferences, 'find'>;
  readonly programs: Programs;
}) {
  return async (token: string): Promise<Ending | undefined> => {
    // The signature first: what nobody was given costs no read.
    const from = await deps.tokens.read(token);
    if (!from) return undefined;
    const [choices, name] = await Promise.all([
      deps.preferences.find(from.programId, from.recipientId),
      nameOf(deps.programs, from.programId),
    ]);
    return { kind: from.kind, language: choices?.language, ...name, isOff: stillOn(from, choices).length === 0 };
  };
}

/**
 * Turns what a link names off, with no question asked (RFC 8058, section 3.2); done twice is done. `undefined`: no link of ours.
 * @throws Failure temporarily_unavailable
 */
export function makeUnsubscribe(deps: {
  readonly tokens: Pick<UnsubscribeTokens, 'read'>;
  readonly preferences: Pick<Preferences, 'find' | 'save'>;
  readonly programs: Programs;
  readonly clock: Clock;
  readonly retry: RetryDeps;
}) {
  return async (token: string): Promise<Ending | undefined> => {
    const from = await deps.tokens.read(token);
    if (!from) return undefined;
    const { programId, recipientId, kind } = from;
    const name = await nameOf(deps.programs, programId);
    return retryContended(deps.retry, async () => {
      const choices = await deps.preferences.find(programId, recipientId);
      const ended = { kind, language: choices?.language, ...name };
      const kinds = stillOn(from, choices);
      if (kinds.length === 0) return ended;
      const off = Object.fromEntries(kinds.map((one) => [one, 'off'] as const));
      const outcome = await deps.preferences.save(programId, recipientId, {
        ...choices,
        cadences: { ...choices?.cadences, ...off },
        version: (choices?.version ?? 0) + 1,
        changedAt: toInstant(deps.clock()),
        changedBy: 'unsubscribe-link',
      });
      return outcome === 'saved' ? ended : 'contended';
    });
  };
}
