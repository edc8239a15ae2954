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
  readonly doneTitle: string;
  readonly done: (topic: string) => string;
  readonly again: string;
  readonly unknownTitle: string;
  readonly unknown: string;
};

const EN: UnsubscribeWords = {
  topics: {
    'tier.promoted': 'e-mails that tell you of a higher tier',
    'tier.demoted': 'e-mails that tell you of a lower tier',
    'tier.changed': 'e-mails about other changes of your tier',
    'tier.demotion_warned': 'warnings that you may lose your tier',
    'tier.demotion_lifted': 'e-mails that such a warning is over',
    'tier.within_reach': 'e-mails about a tier that is within your reach',
    'certification.earned': 'e-mails about certifications that you earn',
    'certification.expiring': 'reminders of certifications that expire',
    'conversion.recorded': 'e-mails about your sales',
    'conversion.held': 'e-mails about sales that are held for review',
    'agreement.expiring': 'reminders of agreements that end',
    'digest.daily': 'the daily summary',
    'digest.monthly': 'the monthly summary',
    other: 'e-mails of this kind',
  },
  question: (topic) => `Do you want to stop ${topic}?`,
  stays:
    'E-mails about payments and about the safety of your account still come. Your inbox shows you everything else.',
  button: 'Yes, stop them',
  doneTitle: 'You are unsubscribed',
  done: (topic) => `You will get no more of this: ${topic}.`,
  again: 'If you change your mind, choose again in your notification settings.',
  unknownTitle: 'This link does not work',
  unknown:
    'It may be incomplete: open the link in the e-mail itself, or copy the whole address. If it is from an old e-mail, use the one in your newest, or change your notification settings after signing in.',
};

const DE: UnsubscribeWords = {
  topics: {
    'tier.promoted': 'E-Mails über eine höhere Stufe',
    'tier.demoted': 'E-Mails über eine niedrigere Stufe',
    'tier.changed': 'E-Mails über andere Änderungen Ihrer Stufe',
    'tier.demotion_warned': 'Warnungen, dass Sie Ihre Stufe verlieren könnten',
    'tier.demotion_lifted': 'E-Mails, dass eine solche Warnung aufgehoben ist',
    'tier.within_reach': 'E-Mails über eine Stufe, die Sie bald erreichen',
    'certification.earned': 'E-Mails über erworbene Zertifikate',
    'certification.expiring': 'Erinnerungen an ablaufende Zertifikate',
    'conversion.recorded': 'E-Mails über Ihre Verkäufe',
    'conversion.held': 'E-Mails über Verkäufe, die geprüft werden',
    'agreement.expiring': 'Erinnerungen an endende Vereinbarungen',
    'digest.daily': 'die tägliche Zusammenfassung',
    'digest.monthly': 'die monatliche Zusammenfassung',
    other: 'E-Mails dieser Art',
  },
  question: (topic) => `Möchten Sie das abbestellen: ${topic}?`,
  stays:
    'E-Mails über Zahlungen und über die Sicherheit Ihres Kontos kommen weiterhin. Alles andere zeigt Ihnen Ihr Posteingang.',
  button: 'Ja, abbestellen',
  doneTitle: 'Sie haben abbestellt',
  done: (topic) => `Sie bekommen künftig nicht mehr: ${topic}.`,
  again: 'Wenn Sie es sich anders überlegen, wählen Sie in Ihren Benachrichtigungs-Einstellungen neu.',
  unknownTitle: 'Dieser Link funktioniert nicht',
  unknown:
    'Vielleicht ist er unvollständig: Öffnen Sie den Link in der E-Mail selbst oder kopieren Sie die ganze Adresse. Ist er aus einer alten E-Mail, nehmen Sie den aus Ihrer neuesten, oder ändern Sie nach dem Anmelden Ihre Benachrichtigungs-Einstellungen.',
};

const ES: UnsubscribeWords = {
  topics: {
    'tier.promoted': 'correos sobre un nivel más alto',
    'tier.demoted': 'correos sobre un nivel más bajo',
    'tier.changed': 'correos sobre otros cambios de su nivel',
    'tier.demotion_warned': 'avisos de que puede perder su nivel',
    'tier.demotion_lifted': 'correos sobre avisos que ya no valen',
    'tier.within_reach': 'correos sobre un nivel que está a su alcance',
    'certification.earned': 'correos sobre certificaciones obtenidas',
    'certification.expiring': 'recordatorios de certificaciones que caducan',
    'conversion.recorded': 'correos sobre sus ventas',
    'conversion.held': 'correos sobre ventas en revisión',
    'agreement.expiring': 'recordatorios de acuerdos que terminan',
    'digest.daily': 'el resumen diario',
    'digest.monthly': 'el resumen mensual',
    other: 'correos de este tipo',
  },
  question: (topic) => `¿Quiere dejar de recibir ${topic}?`,
  stays:
    'Los correos sobre pagos y sobre la seguridad de su cuenta seguirán llegando. Su bandeja de entrada le muestra todo lo demás.',
  button: 'Sí, dejar de recibirlos',
  doneTitle: 'Se ha dado de baja',
  done: (topic) => `Ya no recibirá: ${topic}.`,
  again: 'Si cambia de opinión, elija de nuevo en sus ajustes de notificaciones.',
  unknownTitle: 'Este enlace no funciona',
  unknown:
    'Puede que esté incompleto: abra el enlace en el propio correo o copie la dirección entera. Si es de un correo antiguo, use el de su correo más reciente o cambie sus ajustes de notificaciones después de iniciar sesión.',
};

const FR: UnsubscribeWords = {
  topics: {
    'tier.promoted': 'les e-mails sur un niveau plus élevé',
    'tier.demoted': 'les e-mails sur un niveau plus bas',
    'tier.changed': 'les e-mails sur d’autres changements de votre niveau',
    'tier.demotion_warned': 'les avertissements sur la perte possible de votre niveau',
    'tier.demotion_lifted': 'les e-mails sur la levée d’un avertissement',
    'tier.within_reach': 'les e-mails sur un niveau à votre portée',
    'certification.earned': 'les e-mails sur les certifications obtenues',
    'certification.expiring': 'les rappels de certifications qui expirent',
    'conversion.recorded': 'les e-mails sur vos ventes',
    'conversion.held': 'les e-mails sur les ventes en cours de vérification',
    'agreement.expiring': 'les rappels d’accords qui prennent fin',
    'digest.daily': 'le récapitulatif quotidien',
    'digest.monthly': 'le récapitulatif mensuel',
    other: 'les e-mails de ce type',
  },
  question: (topic) => `Voulez-vous ne plus recevoir ${topic} ?`,
  stays:
    'Les e-mails sur les paiements et sur la sécurité de votre compte continueront d’arriver. Votre boîte de réception vous montre tout le reste.',
  button: 'Oui, me désabonner',
  doneTitle: 'Vous êtes désabonné',
  done: (topic) => `Vous ne recevrez plus : ${topic}.`,
  again: 'Si vous changez d’avis, choisissez à nouveau dans vos paramètres de notification.',
  unknownTitle: 'Ce lien ne fonctionne pas',
  unknown:
    'Il est peut-être incomplet : ouvrez le lien dans l’e-mail lui-même ou copiez l’adresse entière. S’il vient d’un ancien e-mail, utilisez celui du plus récent, ou modifiez vos paramètres de notification après vous être connecté.',
};

export const UNSUBSCRIBE_WORDS: Readonly<Record<Language, UnsubscribeWords>> = { en: EN, de: DE, es: ES, fr: FR };

/** What a link is about, in words. */
export function topicOf(kind: UnsubscribeKind, { topics }: UnsubscribeWords): string {
  return Object.hasOwn(topics, kind) ? topics[kind as Topic] : topics.other;
}
