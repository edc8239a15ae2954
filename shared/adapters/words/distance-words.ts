import { amountIn, deadlineIn, percentIn } from '#shared/adapters/words/formats';
import { type Catalogue, makeSay } from '#shared/adapters/words/say';
import type { Language } from '#shared/application/notifications/messages';
import type { Currency } from '#shared/domain/money/money';
import type { Distance, Measure } from '#shared/domain/partner/tiers/measures';
import { STRATEGIC_FIT } from '#shared/domain/partner/tiers/tier-scheme';

/** In whose words, by whose clock, and in what the programme counts sales. */
export type WordsFor = { readonly language: Language; readonly timeZone: string; readonly currency: Currency };

/** What is left to do, to stand in a list or after a colon: `3 more qualified referrals by 30 November 2026`. @throws Error rather than leave a gap */
export function distanceWords(distance: Distance, words: WordsFor): string {
  const phrase = missing(distance, words);
  if (distance.by === undefined) return phrase;
  return say(words.language, 'by', { phrase, deadline: deadlineIn(words, distance.by) });
}

/** What is asked for and how far it is there: `17 of 20 qualified referrals in 12 months`. @throws Error rather than leave a gap */
export function measureWords(
  { condition, found, wanted }: Pick<Measure, 'condition' | 'found' | 'wanted'>,
  words: WordsFor,
): string {
  const { language } = words;
  switch (condition.fact) {
    case 'qualified_referrals': {
      const months = condition.withinMonths;
      return say(language, 'referrals_of', { found: Number(found), wanted: Number(wanted), months });
    }
    case 'partner_revenue': {
      const amounts = { found: amount(found, words), wanted: amount(wanted, words) };
      return say(language, 'revenue_of', { ...amounts, months: condition.withinMonths });
    }
    case 'retention':
      return say(language, 'retention_of', { ...shares(found, wanted, language), months: condition.withinMonths });
    default:
      return missing({ condition, found, wanted, missing: 1n }, words);
  }
}

function missing({ condition, found, wanted, missing: left }: Distance, words: WordsFor): string {
  const { language } = words;
  switch (condition.fact) {
    case 'terms_accepted':
      return say(language, 'terms');
    case 'qualified_referrals':
      return say(language, 'referrals', { missing: Number(left) });
    case 'partner_revenue':
      return say(language, 'revenue', { amount: amount(left, words) });
    case 'retention':
      if (left <= 0n) return say(language, 'too_few_customers', { customers: condition.minimumCustomers });
      return say(language, 'retention', shares(found, wanted, language));
    case 'certification': {
      const { certification } = condition;
      return certification === undefined
        ? say(language, 'any_certificate')
        : say(language, 'certificate', { certification });
    }
    case 'confirmation': {
      const { confirmation } = condition;
      return confirmation === STRATEGIC_FIT
        ? say(language, 'strategic_fit')
        : say(language, 'confirmation', { confirmation });
    }
  }
}

function amount(minor: bigint, { language, currency }: WordsFor): string {
  return amountIn(language, { minor, currency });
}

function shares(
  found: bigint,
  wanted: bigint,
  language: Language,
): { readonly found: string; readonly wanted: string } {
  return { found: percentIn(language, Number(found)), wanted: percentIn(language, Number(wanted)) };
}

type Key =
  | 'by'
  | 'terms'
  | 'referrals'
  | 'referrals_of'
  | 'revenue'
  | 'revenue_of'
  | 'retention'
  | 'retention_of'
  | 'too_few_customers'
  | 'any_certificate'
  | 'certificate'
  | 'strategic_fit'
  | 'confirmation';

/** Phrases, not sentences. */
export const DISTANCE_WORDS: Catalogue<Key> = {
  en: {
    by: '{phrase} by {deadline}',
    terms: 'acceptance of the programme’s terms',
    referrals: '{missing, plural, one {# more qualified referral} other {# more qualified referrals}}',
    referrals_of:
      '{found, number} of {wanted, plural, one {# qualified referral} other {# qualified referrals}} in {months, plural, one {# month} other {# months}}',
    revenue: '{amount} more in sales',
    revenue_of: '{found} of {wanted} in sales in {months, plural, one {# month} other {# months}}',
    retention: 'at least {wanted} of earlier customers buying again (now {found})',
    retention_of:
      '{found} of earlier customers bought again in {months, plural, one {# month} other {# months}} ({wanted} needed)',
    too_few_customers:
      'at least {customers, plural, one {# earlier customer} other {# earlier customers}}, to tell how many buy again',
    any_certificate: 'a training certificate',
    certificate: 'the training certificate “{certification}”',
    strategic_fit: 'confirmation by the programme that you fit its strategy',
    confirmation: 'confirmation of “{confirmation}” by the programme',
  },
  de: {
    by: '{phrase} bis zum {deadline}',
    terms: 'Zustimmung zu den Bedingungen des Programms',
    referrals: '{missing, plural, one {noch # qualifizierte Empfehlung} other {noch # qualifizierte Empfehlungen}}',
    referrals_of:
      '{found, number} von {wanted, plural, one {# qualifizierten Empfehlung} other {# qualifizierten Empfehlungen}} in {months, plural, one {# Monat} other {# Monaten}}',
    revenue: 'noch {amount} Umsatz',
    revenue_of: '{found} von {wanted} Umsatz in {months, plural, one {# Monat} other {# Monaten}}',
    retention: 'mindestens {wanted} wiederkehrende Kunden (jetzt {found})',
    retention_of:
      '{found} der früheren Kunden haben in {months, plural, one {# Monat} other {# Monaten}} wieder gekauft (nötig: {wanted})',
    too_few_customers:
      'mindestens {customers, plural, one {# früherer Kunde} other {# frühere Kunden}}, um den Anteil wiederkehrender Kunden zu bestimmen',
    any_certificate: 'ein Schulungszertifikat',
    certificate: 'das Schulungszertifikat „{certification}“',
    strategic_fit: 'die Bestätigung des Programms, dass Sie zu seiner Strategie passen',
    confirmation: 'die Bestätigung von „{confirmation}“ durch das Programm',
  },
  es: {
    by: '{phrase} hasta el {deadline}',
    terms: 'la aceptación de las condiciones del programa',
    referrals: '{missing, plural, one {# recomendación cualificada más} other {# recomendaciones cualificadas más}}',
    referrals_of:
      '{found, number} de {wanted, plural, one {# recomendación cualificada} other {# recomendaciones cualificadas}} en {months, plural, one {# mes} other {# meses}}',
    revenue: '{amount} más en ventas',
    revenue_of: '{found} de {wanted} en ventas en {months, plural, one {# mes} other {# meses}}',
    retention: 'que al menos el {wanted} de los clientes anteriores vuelva a comprar (ahora, el {found})',
    retention_of:
      'el {found} de los clientes anteriores volvió a comprar en {months, plural, one {# mes} other {# meses}} (se necesita el {wanted})',
    too_few_customers:
      'al menos {customers, plural, one {# cliente anterior} other {# clientes anteriores}}, para saber cuántos vuelven a comprar',
    any_certificate: 'un certificado de formación',
    certificate: 'el certificado de formación «{certification}»',
    strategic_fit: 'la confirmación del programa de que encaja en su estrategia',
    confirmation: 'la confirmación de «{confirmation}» por parte del programa',
  },
  fr: {
    by: '{phrase} d’ici au {deadline}',
    terms: 'l’acceptation des conditions du programme',
    referrals:
      '{missing, plural, one {# recommandation qualifiée de plus} other {# recommandations qualifiées de plus}}',
    referrals_of:
      '{found, number} sur {wanted, plural, one {# recommandation qualifiée} other {# recommandations qualifiées}} en {months, plural, one {# mois} other {# mois}}',
    revenue: '{amount} de ventes en plus',
    revenue_of: '{found} sur {wanted} de ventes en {months, plural, one {# mois} other {# mois}}',
    retention: 'au moins {wanted} des clients précédents qui achètent de nouveau (actuellement {found})',
    retention_of:
      '{found} des clients précédents ont acheté de nouveau en {months, plural, one {# mois} other {# mois}} ({wanted} requis)',
    too_few_customers:
      'au moins {customers, plural, one {# client précédent} other {# clients précédents}}, pour savoir combien achètent de nouveau',
    any_certificate: 'un certificat de formation',
    certificate: 'le certificat de formation « {certification} »',
    strategic_fit: 'la confirmation par le programme que vous correspondez à sa stratégie',
    confirmation: 'la confirmation de « {confirmation} » par le programme',
  },
};

const say = makeSay<Key>(DISTANCE_WORDS);
