import { cadenceOf, kindsFor, ruleOf } from '#shared/application/notifications/cadences';
import type { Audience, Cadence, Language, NoticeKind } from '#shared/application/notifications/messages';
import { type Choices, USUAL_DIGEST_HOUR } from '#shared/application/notifications/preferences';
import type { QuietHours } from '#shared/domain/time/reading-hours';

export type PreferencesView = {
  readonly language: Language;
  readonly timeZone: string;
  readonly quietHours: QuietHours | null;
  readonly digestHour: number;
  readonly kinds: readonly {
    readonly kind: NoticeKind;
    /** What holds. */
    readonly cadence: Cadence;
    readonly isChosen: boolean;
    readonly allowed: readonly Cadence[];
    readonly mayBeOff: boolean;
    readonly rule: string;
  }[];
};

/** What holds for a reader, kind by kind, chosen or as usual. */
export function preferencesView(
  audience: Audience,
  choices: Choices | undefined,
  usual: { readonly language?: Language | undefined; readonly timeZone: string },
): PreferencesView {
  return {
    language: choices?.language ?? usual.language ?? 'en',
    timeZone: choices?.timeZone ?? usual.timeZone,
    quietHours: choices?.quietHours ?? null,
    digestHour: choices?.digestHour ?? USUAL_DIGEST_HOUR,
    kinds: kindsFor(audience).map((kind) => {
      const { cadences: allowed, rule } = ruleOf(kind);
      const isChosen = choices?.cadences[kind] !== undefined;
      return { kind, cadence: cadenceOf(kind, choices), isChosen, allowed, mayBeOff: allowed.includes('off'), rule };
    }),
  };
}
