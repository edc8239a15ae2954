import type { Language, NoticeKind } from '#shared/application/notifications/messages';
import type { UnsubscribeKind } from '#shared/application/notifications/unsubscribe';

/** Kinds that may be off, and digests; `other` for one whose words are still to be written. */
type Topic = Exclude<UnsubscribeKind, NoticeKind> | OffKind | 'other';
type OffKind =
  | `tier.${'promoted' | 'demoted' | 'changed' | 'demotion_warned' | 'demotion_lifted' | 'within_reach'}`
  | `certification.${'earned' | 'expiring'}`
  | `conversion.${'recorded' | 'held'}`
  | 'agreement.expiring';

export type UnsubscribeWords = {
  readonly topics: Readonly<Record<Topic, string>>;
  readonly question: (topic: string) => string;
  readonly stays: string;
  readonly button: string;
  readonly alreadyTitle: string;
  readonly already: (topic: string) => string;
  readonly doneTitle: string;
  readonly done: (topic: string) => string;
  readonly again: string;
  readonly unknownTitle: string;
  readonly unknown: string;
};

const EN: UnsubscribeWords = {
  topics: {
    'tier.promoted': 'e-mails about reaching a higher tier',
    'tier.demoted': 'e-mails about moving to a lower tier',
    'tier.changed': 'e-mails about other changes of your tier',
    'tier.demotion_warned': 'warnings that you may lose your tier',
    'tier.demotion_lifted': 'e-mails that a warning about your tier is over',
    'tier.within_reach': 'e-mails about a tier that is within your reach',
    'certification.earned': 'e-mails about certificates that you earn',
    'certification.expiring': 'reminders of certificates that expire',
    'conversion.recorded': 'e-mails about your sales',
    'conversion.held': 'e-mails about sales on hold',
    'agreement.expiring': 'reminders of agreements that end',
    'digest.daily': 'the daily summary',
    'digest.monthly': 'the monthly summary',
    other: 'e-mails of this kind',
  },
  question: (topic) => `Do you want to stop ${topic}?`,
  stays: 'E-mails about money and about the safety of your account still come.',
  button: 'Yes, stop them',
  alreadyTitle: 'This is already off',
  already: (topic) => `You are not getting ${topic}.`,
  doneTitle: 'You are unsubscribed',
  done: (topic) => `You will no longer get ${topic}.`,
  again: 'If you change your mind, you can change it again in your notification settings.',
  unknownTitle: 'This link does not work',
  unknown:
    'It may be incomplete: open the link in the e-mail itself, or copy the whole address. If it is from an old e-mail, use the one in your newest, or change your notification settings after signing in.',
};

const DE: UnsubscribeWords = {
  topics: {
    'tier.promoted': 'E-Mails über eine höhere Stufe',
    'tier.demoted': 'E-Mails über eine niedrigere Stufe',
    'tier.changed': 'E-Mails über andere Änderungen Ihrer Stufe',
    'tier.demotion_warned': 'Warnungen vor dem Verlust Ihrer Stufe',
    'tier.demotion_lifted': 'E-Mails über erledigte Warnungen zu Ihrer Stufe',
    'tier.within_reach': 'E-Mails über eine bald erreichbare Stufe',
    'certification.earned': 'E-Mails über erworbene Zertifikate',
    'certification.expiring': 'Erinnerungen an ablaufende Zertifikate',
    'conversion.recorded': 'E-Mails über Ihre Verkäufe',
    'conversion.held': 'E-Mails über zurückgehaltene Verkäufe',
    'agreement.expiring': 'Erinnerungen an endende Vereinbarungen',
    'digest.daily': 'die tägliche Zusammenfassung',
    'digest.monthly': 'die monatliche Zusammenfassung',
    other: 'E-Mails dieser Art',
  },
  question: (topic) => `Möchten Sie ${topic} abbestellen?`,
  stays: 'E-Mails, bei denen es um Geld oder die Sicherheit Ihres Kontos geht, kommen weiterhin.',
  button: 'Ja, abbestellen',
  alreadyTitle: 'Das ist bereits abbestellt',
  already: (topic) => `Sie bekommen schon jetzt nicht: ${topic}.`,
  doneTitle: 'Die Abbestellung ist erledigt',
  done: (topic) => `Sie bekommen künftig nicht mehr: ${topic}.`,
  again: 'Wenn Sie es sich anders überlegen, können Sie das in Ihren Benachrichtigungseinstellungen wieder ändern.',
  unknownTitle: 'Dieser Link funktioniert nicht',
  unknown:
    'Vielleicht ist er unvollständig: Öffnen Sie den Link in der E-Mail selbst oder kopieren Sie die ganze Adresse. Ist er aus einer alten E-Mail, nehmen Sie den aus Ihrer neuesten, oder ändern Sie nach dem Anmelden Ihre Benachrichtigungseinstellungen.',
};

const ES: UnsubscribeWords = {
  topics: {
    'tier.promoted': 'correos sobre un nivel más alto',
    'tier.demoted': 'correos sobre un nivel más bajo',
    'tier.changed': 'correos sobre otros cambios de su nivel',
    'tier.demotion_warned': 'avisos de que puede perder su nivel',
    'tier.demotion_lifted': 'correos sobre avisos de nivel que ya no tienen efecto',
    'tier.within_reach': 'correos sobre un nivel que está a su alcance',
    'certification.earned': 'correos sobre certificados obtenidos',
    'certification.expiring': 'recordatorios de certificados que caducan',
    'conversion.recorded': 'correos sobre sus ventas',
    'conversion.held': 'correos sobre ventas retenidas',
    'agreement.expiring': 'recordatorios de acuerdos que terminan',
    'digest.daily': 'el resumen diario',
    'digest.monthly': 'el resumen mensual',
    other: 'correos de este tipo',
  },
  question: (topic) => `¿Quiere dejar de recibir ${topic}?`,
  stays: 'Los correos sobre dinero y sobre la seguridad de su cuenta seguirán llegando.',
  button: 'Sí, darme de baja',
  alreadyTitle: 'Ya estaba dado de baja',
  already: (topic) => `Usted no recibe ${topic}.`,
  doneTitle: 'Se ha dado de baja',
  done: (topic) => `Ya no recibirá ${topic}.`,
  again: 'Si cambia de opinión, puede cambiarlo de nuevo en sus ajustes de notificaciones.',
  unknownTitle: 'Este enlace no funciona',
  unknown:
    'Puede que esté incompleto: abra el enlace en el propio correo o copie la dirección entera. Si es de un correo antiguo, use el de su correo más reciente o cambie sus ajustes de notificaciones después de iniciar sesión.',
};

const FR: UnsubscribeWords = {
  topics: {
    'tier.promoted': 'les e-mails sur le passage à un niveau plus élevé',
    'tier.demoted': 'les e-mails sur le passage à un niveau plus bas',
    'tier.changed': 'les e-mails sur d’autres changements de votre niveau',
    'tier.demotion_warned': 'les avertissements d’une perte possible de votre niveau',
    'tier.demotion_lifted': 'les e-mails sur la levée d’un avertissement de niveau',
    'tier.within_reach': 'les e-mails sur un niveau à votre portée',
    'certification.earned': 'les e-mails sur les certificats obtenus',
    'certification.expiring': 'les rappels de certificats qui expirent',
    'conversion.recorded': 'les e-mails sur vos ventes',
    'conversion.held': 'les e-mails sur les ventes retenues',
    'agreement.expiring': 'les rappels d’accords qui prennent fin',
    'digest.daily': 'le récapitulatif quotidien',
    'digest.monthly': 'le récapitulatif mensuel',
    other: 'les e-mails de ce type',
  },
  question: (topic) => `Ne plus recevoir ${topic}\u00a0?`,
  stays: 'Les e-mails sur l’argent et sur la sécurité de votre compte continueront d’arriver.',
  button: 'Oui, me désabonner',
  alreadyTitle: 'C’est déjà désactivé',
  already: (topic) => `Vous ne recevez déjà plus ${topic}.`,
  doneTitle: 'Votre désabonnement est enregistré',
  done: (topic) => `Vous ne recevrez plus ${topic}.`,
  again: 'Si vous changez d’avis, vous pouvez le modifier dans vos paramètres de notification.',
  unknownTitle: 'Ce lien ne fonctionne pas',
  unknown:
    'Il est peut-être incomplet\u00a0: ouvrez le lien dans l’e-mail lui-même ou copiez l’adresse entière. S’il vient d’un ancien e-mail, utilisez celui du plus récent, ou modifiez vos paramètres de notification après connexion.',
};

export const UNSUBSCRIBE_WORDS: Readonly<Record<Language, UnsubscribeWords>> = { en: EN, de: DE, es: ES, fr: FR };

/** What a link is about, in words. */
export function topicOf(kind: UnsubscribeKind, { topics }: UnsubscribeWords): string {
  return Object.hasOwn(topics, kind) ? topics[kind as Topic] : topics.other;
}
