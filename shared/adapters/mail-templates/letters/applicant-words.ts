import type { LetterKind } from '#shared/application/partners/applications/ports';
import type { Language } from '#shared/domain/tracking/disclosure';

/** What letters to applicants say, in one language. Names come in as they are to be read. */
export type ApplicantWords = {
  readonly topic: string;
  readonly greeting: (name: string) => string;
  readonly subject: (title: string, program: string) => string;
  readonly footer: (program: string) => string;
  readonly quote: (program: string) => string;
  readonly letters: Readonly<
    Record<
      LetterKind,
      {
        readonly title: string;
        readonly lead: (program: string) => string;
        readonly more: string;
        readonly link: string;
      }
    >
  >;
};

const EN: ApplicantWords = {
  topic: 'Application',
  greeting: (name) => `Hello ${name},`,
  subject: (title, program) => `${title} · ${program}`,
  footer: (program) => `You get this e-mail because somebody applied to ${program} with this address.`,
  quote: (program) => `${program} writes`,
  letters: {
    received: {
      title: 'Please confirm your application',
      lead: (program) =>
        `Thank you for applying to become a partner of ${program}. Confirm that this is your e-mail address; then your application is read.`,
      more: 'The link works for 7 days. If it was not you, ignore this e-mail: without your confirmation everything is removed.',
      link: 'Confirm my address',
    },
    accepted: {
      title: 'Welcome, you are a partner now',
      lead: (program) => `${program} has accepted your application.`,
      more: 'Sign in with this e-mail address. There you read your terms and accept them if you are asked to, say where you are paid, and find your links and codes.',
      link: 'Sign in',
    },
    declined: {
      title: 'About your application',
      lead: (program) =>
        `Thank you for your interest in ${program}, and for the time you took. We have read your application and cannot accept it now.`,
      more: 'What you sent is removed after 90 days. You are welcome to apply again when something has changed.',
      link: '',
    },
  },
};

const DE: ApplicantWords = {
  topic: 'Bewerbung',
  greeting: (name) => `Guten Tag ${name},`,
  subject: (title, program) => `${title} · ${program}`,
  footer: (program) => `Sie bekommen diese E-Mail, weil sich jemand mit dieser Adresse bei ${program} beworben hat.`,
  quote: (program) => `${program} schreibt`,
  letters: {
    received: {
      title: 'Bitte bestätigen Sie Ihre Bewerbung',
      lead: (program) =>
        `Danke, dass Sie Partner von ${program} werden möchten. Bestätigen Sie, dass das Ihre E-Mail-Adresse ist; dann wird Ihre Bewerbung gelesen.`,
      more: 'Der Link gilt 7 Tage. Waren Sie es nicht, brauchen Sie nichts zu tun: Ohne Ihre Bestätigung wird alles entfernt.',
      link: 'Adresse bestätigen',
    },
    accepted: {
      title: 'Willkommen, Sie sind jetzt Partner',
      lead: (program) => `${program} hat Ihre Bewerbung angenommen.`,
      more: 'Melden Sie sich mit dieser E-Mail-Adresse an. Dort lesen Sie Ihre Bedingungen und nehmen sie an, falls Sie darum gebeten werden, geben an, wohin wir zahlen, und finden Ihre Links und Codes.',
      link: 'Anmelden',
    },
    declined: {
      title: 'Zu Ihrer Bewerbung',
      lead: (program) =>
        `Danke für Ihr Interesse an ${program} und für Ihre Zeit. Wir haben Ihre Bewerbung gelesen und können sie derzeit nicht annehmen.`,
      more: 'Ihre Angaben werden nach 90 Tagen entfernt. Wenn sich etwas geändert hat, bewerben Sie sich gern noch einmal.',
      link: '',
    },
  },
};

const ES: ApplicantWords = {
  topic: 'Solicitud',
  greeting: (name) => `Hola, ${name}:`,
  subject: (title, program) => `${title} · ${program}`,
  footer: (program) => `Recibe este correo porque alguien envió una solicitud a ${program} con esta dirección.`,
  quote: (program) => `${program} escribe`,
  letters: {
    received: {
      title: 'Confirme su solicitud',
      lead: (program) =>
        `Gracias por querer colaborar con ${program}. Confirme que esta es su dirección y leeremos su solicitud.`,
      more: 'El enlace funciona durante 7 días. Si no ha sido usted, ignore este correo: sin su confirmación se borra todo.',
      link: 'Confirmar mi dirección',
    },
    accepted: {
      title: 'Le damos la bienvenida: ya colabora con nosotros',
      lead: (program) => `${program} ha aceptado su solicitud.`,
      more: 'Inicie sesión con esta dirección. Allí puede leer sus condiciones y aceptarlas si se le pide, indicar dónde quiere cobrar y encontrar sus enlaces y códigos.',
      link: 'Iniciar sesión',
    },
    declined: {
      title: 'Sobre su solicitud',
      lead: (program) =>
        `Gracias por su interés en ${program} y por su tiempo. Hemos leído su solicitud y ahora no podemos aceptarla.`,
      more: 'Sus datos se borran a los 90 días. Si algo cambia, puede enviar otra solicitud.',
      link: '',
    },
  },
};

const FR: ApplicantWords = {
  topic: 'Candidature',
  greeting: (name) => `Bonjour ${name},`,
  subject: (title, program) => `${title} · ${program}`,
  footer: (program) => `Vous recevez cet e-mail parce que quelqu’un a postulé chez ${program} avec cette adresse.`,
  quote: (program) => `${program} écrit`,
  letters: {
    received: {
      title: 'Confirmez votre candidature',
      lead: (program) =>
        `Merci de vouloir devenir partenaire de ${program}. Confirmez que cette adresse est la vôtre\u00a0; votre candidature sera alors lue.`,
      more: 'Le lien fonctionne pendant 7 jours. Si ce n’était pas vous, ignorez cet e-mail\u00a0: sans votre confirmation, tout est effacé.',
      link: 'Confirmer mon adresse',
    },
    accepted: {
      title: 'Bienvenue, vous êtes partenaire',
      lead: (program) => `${program} a accepté votre candidature.`,
      more: 'Connectez-vous avec cette adresse. Vous y lirez vos conditions, que vous accepterez si on vous le demande, indiquerez où vous payer et trouverez vos liens et vos codes.',
      link: 'Se connecter',
    },
    declined: {
      title: 'À propos de votre candidature',
      lead: (program) =>
        `Merci de votre intérêt pour ${program} et du temps que vous y avez consacré. Nous avons lu votre candidature et ne pouvons pas l’accepter pour le moment.`,
      more: 'Vos réponses sont effacées après 90 jours. Si la situation change, vous pouvez postuler de nouveau.',
      link: '',
    },
  },
};

export const APPLICANT_WORDS: Readonly<Record<Language, ApplicantWords>> = { en: EN, de: DE, es: ES, fr: FR };
