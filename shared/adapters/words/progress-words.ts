import { distanceWords, type WordsFor } from '#shared/adapters/words/distance-words';
import { deadlineIn, listIn } from '#shared/adapters/words/formats';
import { type Catalogue, makeSay } from '#shared/adapters/words/say';
import type { Distance } from '#shared/domain/partner/tiers/measures';
import type { TierProgress } from '#shared/domain/partner/tiers/progress';

/** A partner's progress in one or two sentences: a warning first, then the way up. @throws Error rather than leave a gap */
export function progressWords(progress: TierProgress | undefined, words: WordsFor): string {
  if (!progress) return say(words.language, 'no_tier');
  return [warningSentence(progress, words), waySentence(progress, words)].filter(Boolean).join(' ');
}

function warningSentence({ tier, warning, keeps }: TierProgress, words: WordsFor): string | undefined {
  if (!warning) return undefined;
  const { language } = words;
  const named = { tier, to: warning.to, endsAt: deadlineIn(words, warning.endsAt) };
  if (keeps.unmet.length === 0) return say(language, 'warning_answered', named);
  // The sentence says the day; each thing need not say it again.
  const things = keeps.unmet.map(({ by: _, ...left }) => left);
  return say(language, 'warned', { ...named, things: list(things, words) });
}

function waySentence({ tier, heldBy, next, nextByInvitation }: TierProgress, words: WordsFor): string {
  const { language } = words;
  if (next) {
    const things = list(next.distances, words);
    return things
      ? say(language, 'missing', { next: next.tier, things })
      : say(language, 'reached', { next: next.tier });
  }
  if (nextByInvitation !== undefined) return say(language, 'by_person', { next: nextByInvitation });
  return say(language, heldBy === 'other_terms' ? 'other_terms' : 'top', { tier });
}

function list(distances: readonly Distance[], words: WordsFor): string {
  return listIn(
    words.language,
    distances.map((distance) => distanceWords(distance, words)),
  );
}

type Key = 'no_tier' | 'warned' | 'warning_answered' | 'missing' | 'reached' | 'by_person' | 'other_terms' | 'top';

export const PROGRESS_WORDS: Catalogue<Key> = {
  en: {
    no_tier: 'There is no tier yet.',
    warned: 'To stay in {tier} beyond {endsAt}, instead of moving to {to}, this is missing: {things}.',
    warning_answered:
      'Everything that {tier} takes is there again: the next review lifts the warning that ends on {endsAt}.',
    missing: 'Still missing for {next}: {things}.',
    reached: 'Everything that {next} takes is there: the next review brings it.',
    by_person: 'The next tier, {next}, is given by the programme’s managers.',
    other_terms: '{tier} is a tier of its own terms, which no review changes.',
    top: 'There is no tier above {tier}.',
  },
  de: {
    no_tier: 'Es gibt noch keine Stufe.',
    warned: 'Um über den {endsAt} hinaus in {tier} zu bleiben und nicht zu {to} zu wechseln, fehlt: {things}.',
    warning_answered:
      'Alles, was {tier} verlangt, ist wieder da: Die nächste Prüfung hebt die Warnung zum {endsAt} auf.',
    missing: 'Für {next} fehlt: {things}.',
    reached: 'Alles, was {next} verlangt, ist da: Die nächste Prüfung bringt die Stufe.',
    by_person: 'Die nächste Stufe, {next}, vergibt das Programm selbst.',
    other_terms: '{tier} ist eine Stufe mit eigenen Bedingungen, die keine Prüfung ändert.',
    top: 'Über {tier} gibt es keine Stufe.',
  },
  es: {
    no_tier: 'Todavía no hay ningún nivel.',
    warned: 'Para seguir en {tier} después del {endsAt} y no pasar a {to}, falta: {things}.',
    warning_answered:
      'Todo lo que pide {tier} vuelve a cumplirse: la próxima revisión retira el aviso que termina el {endsAt}.',
    missing: 'Para {next} falta: {things}.',
    reached: 'Todo lo que pide {next} se cumple: la próxima revisión lo concede.',
    by_person: 'El siguiente nivel, {next}, lo concede el programa.',
    other_terms: '{tier} es un nivel con condiciones propias que ninguna revisión cambia.',
    top: 'No hay ningún nivel por encima de {tier}.',
  },
  fr: {
    no_tier: 'Il n’y a pas encore de niveau.',
    warned: 'Pour rester dans {tier} après le {endsAt} au lieu de passer à {to}, il manque : {things}.',
    warning_answered:
      'Tout ce que {tier} demande est de nouveau réuni : la prochaine révision lève l’avertissement qui prend fin le {endsAt}.',
    missing: 'Pour {next}, il manque : {things}.',
    reached: 'Tout ce que {next} demande est réuni : la prochaine révision l’accorde.',
    by_person: 'Le niveau suivant, {next}, est accordé par le programme.',
    other_terms: '{tier} est un niveau aux conditions propres, qu’aucune révision ne change.',
    top: 'Il n’y a pas de niveau au-dessus de {tier}.',
  },
};

const say = makeSay<Key>(PROGRESS_WORDS);
