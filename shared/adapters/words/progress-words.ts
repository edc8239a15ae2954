import { distanceWords, type WordsFor } from '#shared/adapters/words/distance-words';
import { deadlineIn, listIn, named } from '#shared/adapters/words/formats';
import { type Catalogue, makeSay } from '#shared/adapters/words/say';
import type { Distance } from '#shared/domain/partner/tiers/measures';
import type { TierProgress } from '#shared/domain/partner/tiers/progress';

/** A partner's progress in one or two sentences: a warning first, then the way up. @throws Error rather than leave a gap */
export function progressWords(progress: TierProgress | undefined, words: WordsFor): string {
  if (!progress) return say(words.language, 'no_tier');
  return [badNews(progress, words), waySentence(progress, words)].filter(Boolean).join(' ');
}

/** What a partner is about to lose, before what it may gain. */
function badNews({ tier, warning, heldUntil, keeps }: TierProgress, words: WordsFor): string | undefined {
  const { language } = words;
  // The sentence says the day; each thing need not say it again.
  const things = keeps.unmet.map(({ by: _, ...left }) => left);
  if (!warning) {
    if (heldUntil === undefined || things.length === 0) return undefined;
    const until = deadlineIn(words, heldUntil);
    return say(language, 'held', { tier: named(tier), until, things: list(things, words) });
  }
  const values = { tier: named(tier), to: named(warning.to), endsAt: deadlineIn(words, warning.endsAt) };
  if (keeps.unmet.length === 0) return say(language, 'warning_answered', values);
  return say(language, 'warned', { ...values, things: list(things, words) });
}

function waySentence(progress: TierProgress, words: WordsFor): string {
  const { tier, heldBy, next, nextByInvitation, isLowered, heldUntil } = progress;
  const { language } = words;
  if (next) {
    const things = list(next.distances, words);
    const values = { next: named(next.tier), ...(things ? { things } : {}) };
    if (next.waitsFor) return say(language, things ? 'missing_with_plan' : 'waits_for_plan', values);
    const others = (next.alternatives ?? []).map((way) => say(language, 'or', { things: list(way, words) }));
    return [say(language, things ? 'missing' : 'reached', values), ...others].join(' ');
  }
  if (nextByInvitation !== undefined && isLowered) {
    const values = { next: named(nextByInvitation) };
    if (heldUntil === undefined) return say(language, 'lowered', values);
    return say(language, 'lowered_until', { ...values, until: deadlineIn(words, heldUntil) });
  }
  if (nextByInvitation !== undefined) return say(language, 'by_person', { next: named(nextByInvitation) });
  return say(language, heldBy === 'other_terms' ? 'other_terms' : 'top', { tier: named(tier) });
}

function list(distances: readonly Distance[], words: WordsFor): string {
  return listIn(
    words.language,
    distances.map((distance) => distanceWords(distance, words)),
  );
}

type Key =
  | 'no_tier'
  | 'warned'
  | 'warning_answered'
  | 'missing'
  | 'reached'
  | 'by_person'
  | 'other_terms'
  | 'top'
  | 'waits_for_plan'
  | 'missing_with_plan'
  | 'held'
  | 'or'
  | 'lowered'
  | 'lowered_until';

export const PROGRESS_WORDS: Catalogue<Key> = {
  en: {
    no_tier: 'There is no tier yet.',
    warned: 'To keep the tier {tier} beyond {endsAt} instead of moving to {to}, this is missing: {things}.',
    warning_answered:
      'Nothing is missing for {tier} any more: the next review lifts the warning that ends on {endsAt}.',
    missing: 'Still missing for {next}: {things}.',
    reached: 'Everything that {next} asks for is met: the next review moves up to it.',
    waits_for_plan: 'Everything that {next} asks for is met. The programme has to add the tier to your plan first.',
    missing_with_plan: 'Still missing for {next}: {things}. The programme also has to add the tier to your plan.',
    by_person: 'The next tier, {next}, is by invitation.',
    or: 'Or else: {things}.',
    held: 'The programme holds the tier {tier} for you until {until}. To keep it after that, this is missing: {things}.',
    lowered: 'A person of the programme has set your tier, and decides when you move up to {next}.',
    lowered_until:
      'A person of the programme has set your tier until {until}, and decides until then whether you move up to {next}.',
    other_terms: '{tier} has terms of its own, and no review changes it.',
    top: 'There is no tier above {tier}.',
  },
  de: {
    no_tier: 'Es gibt noch keine Stufe.',
    warned: 'Um die Stufe {tier} über den {endsAt} hinaus zu behalten und nicht zu {to} zu wechseln, fehlt: {things}.',
    warning_answered: 'Für {tier} fehlt nichts mehr: Die nächste Überprüfung hebt die Warnung zum {endsAt} auf.',
    missing: 'Für {next} fehlt: {things}.',
    reached: 'Alles, was {next} verlangt, ist erfüllt: Die nächste Überprüfung stuft hoch.',
    waits_for_plan:
      'Alles, was {next} verlangt, ist erfüllt. Zuerst muss das Programm die Stufe in Ihren Vergütungsplan aufnehmen.',
    missing_with_plan:
      'Für {next} fehlt: {things}. Außerdem muss das Programm die Stufe in Ihren Vergütungsplan aufnehmen.',
    by_person: 'Die nächste Stufe, {next}, gibt es auf Einladung.',
    or: 'Oder aber: {things}.',
    held: 'Das Programm lässt Ihnen die Stufe {tier} bis zum {until}. Um sie danach zu behalten, fehlt: {things}.',
    lowered: 'Ihre Stufe hat das Programm persönlich festgelegt; es entscheidet auch, wann Sie zu {next} aufsteigen.',
    lowered_until:
      'Ihre Stufe hat das Programm bis zum {until} persönlich festgelegt; so lange entscheidet es auch, ob Sie zu {next} aufsteigen.',
    other_terms: '{tier} ist eine Stufe mit eigenen Bedingungen, die keine Überprüfung ändert.',
    top: 'Über {tier} gibt es keine Stufe.',
  },
  es: {
    no_tier: 'Todavía no hay ningún nivel.',
    warned: 'Para conservar el nivel {tier} después del {endsAt} y no pasar a {to}, falta: {things}.',
    warning_answered:
      'Para el nivel {tier} ya no falta nada: la próxima revisión retira el aviso que termina el {endsAt}.',
    missing: 'Para el nivel {next} falta: {things}.',
    reached: 'Se cumple todo lo que pide {next}: la próxima revisión concede ese nivel.',
    waits_for_plan: 'Se cumple todo lo que pide {next}. Antes, el programa debe añadir ese nivel a su plan.',
    missing_with_plan: 'Para el nivel {next} falta: {things}. Además, el programa debe añadir ese nivel a su plan.',
    by_person: 'Al siguiente nivel, {next}, se accede por invitación.',
    or: 'O bien: {things}.',
    held: 'El programa le mantiene el nivel {tier} hasta el {until}. Para conservarlo después, falta: {things}.',
    lowered: 'Una persona del programa ha fijado su nivel y decide cuándo pasa usted a {next}.',
    lowered_until:
      'Una persona del programa ha fijado su nivel hasta el {until} y decide hasta entonces si pasa usted a {next}.',
    other_terms: '{tier} es un nivel con condiciones propias, que ninguna revisión cambia.',
    top: 'No hay ningún nivel por encima de {tier}.',
  },
  fr: {
    no_tier: 'Il n’y a pas encore de niveau.',
    warned: 'Pour garder le niveau {tier} après le {endsAt} au lieu de passer à {to}, il manque : {things}.',
    warning_answered:
      'Il ne manque plus rien pour le niveau {tier} : la prochaine révision lève l’avertissement qui prend fin le {endsAt}.',
    missing: 'Pour le niveau {next}, il manque : {things}.',
    reached: 'Toutes les conditions du niveau {next} sont remplies : la prochaine révision l’accorde.',
    waits_for_plan:
      'Toutes les conditions du niveau {next} sont remplies. Le programme doit d’abord ajouter ce niveau à votre plan.',
    missing_with_plan:
      'Pour le niveau {next}, il manque : {things}. Le programme doit aussi ajouter ce niveau à votre plan.',
    by_person: 'Le niveau suivant, {next}, est sur invitation.',
    or: 'Ou bien : {things}.',
    held: 'Le programme vous maintient au niveau {tier} jusqu’au {until}. Pour le garder ensuite, il manque : {things}.',
    lowered: 'Une personne du programme a fixé votre niveau et décide quand vous passerez au niveau {next}.',
    lowered_until:
      'Une personne du programme a fixé votre niveau jusqu’au {until} et décide d’ici là de votre passage au niveau {next}.',
    other_terms: '{tier} est un niveau aux conditions propres, qu’aucune révision ne change.',
    top: 'Il n’y a pas de niveau au-dessus de {tier}.',
  },
};

const say = makeSay<Key>(PROGRESS_WORDS);
