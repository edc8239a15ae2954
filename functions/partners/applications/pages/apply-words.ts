import type { Language } from '#shared/domain/tracking/disclosure';

type Said = { readonly title: string; readonly advice: string };

/** Everything that applicants read on pages, in one language. */
export type ApplyWords = {
  readonly title: (program: string) => string;
  readonly lead: string;
  readonly name: string;
  readonly nameHint: string;
  readonly email: string;
  readonly emailHint: string;
  readonly country: string;
  readonly choose: string;
  readonly website: string;
  readonly websiteHint: string;
  readonly promotion: string;
  readonly promotionHint: string;
  readonly optional: string;
  readonly terms: string;
  readonly readTerms: string;
  readonly agree: string;
  readonly trap: string;
  readonly privacy: string;
  readonly send: string;
  readonly summary: string;
  readonly missing: string;
  readonly tooLong: (max: number) => string;
  readonly badEmail: string;
  readonly badWebsite: string;
  readonly badCountry: string;
  readonly badText: string;
  readonly mustAgree: string;
  readonly termsChanged: string;
  readonly tooFast: string;
  readonly tooOld: string;
  readonly sent: Said;
  readonly sentKnown: string;
  readonly closed: (program: string) => Said;
  readonly unknown: Said;
  readonly tooMany: Said;
  readonly tooLarge: Said;
  readonly wait: Said;
  readonly ask: (program: string) => string;
  readonly askLead: (name: string) => string;
  readonly confirm: string;
  readonly notYou: string;
  readonly confirmed: Said;
  readonly dead: Said;
};

const EN: ApplyWords = {
  title: (program) => `Become a partner of ${program}`,
  lead: 'Tell us who you are and how you will promote us. It takes a few minutes; we answer by e-mail.',
  name: 'Your name or company',
  nameHint: 'As it should stand on your statements.',
  email: 'E-mail',
  emailHint: 'You will sign in with this address.',
  country: 'Country',
  choose: 'Choose a country',
  website: 'Website or profile',
  websiteHint: 'Such as https://example.com',
  promotion: 'How will you promote us?',
  promotionHint: 'For example: who reads or follows you, and where our offer would appear.',
  optional: 'optional',
  terms: 'Terms',
  readTerms: 'Read the terms',
  agree: 'I agree to the terms.',
  trap: 'Leave this field empty',
  privacy:
    'We keep what you send only to decide about it. It is removed after 7 days if you do not confirm your e-mail address, and 90 days after a refusal.',
  send: 'Send application',
  summary: 'Please correct this and send the form again:',
  missing: 'please fill this in',
  tooLong: (max) => `at most ${max} characters, please`,
  badEmail: 'please write it like name@example.com',
  badWebsite: 'please write it like https://example.com',
  badCountry: 'please choose one of the list',
  badText: 'has characters that cannot be stored',
  mustAgree: 'please agree to them',
  termsChanged: 'they have changed since you opened this page; read them again, please',
  tooFast: 'That was very quick. Please check what you typed and send it again.',
  tooOld: 'This page was open for a long time. Please send it again.',
  sent: {
    title: 'Almost done: check your e-mail',
    advice: 'We have sent you a link. Follow it within 7 days to confirm your address; then we read your application.',
  },
  sentKnown: 'No e-mail? Look in the spam folder. If you applied before and confirmed it, there is nothing more to do.',
  closed: (program) => ({
    title: `${program} is not looking for partners now`,
    advice: 'Thank you for your interest. Come back later, or ask the people you know there.',
  }),
  unknown: {
    title: 'There is nothing at this address',
    advice: 'It may be mistyped. Compare it with where you found it, or ask whoever gave it to you.',
  },
  tooMany: {
    title: 'Too many applications today',
    advice: 'We cannot take more just now. Please try again tomorrow; nothing of what you typed was kept.',
  },
  tooLarge: { title: 'The form is too large', advice: 'Go back, shorten the longest answers, and send it again.' },
  wait: {
    title: 'One moment, please',
    advice: 'Something is busy just now. Wait a few seconds, then load this page again.',
  },
  ask: (program) => `Confirm your application to ${program}`,
  askLead: (name) => `You applied as ${name}. Confirm that this is your e-mail address, and we read your application.`,
  confirm: 'Yes, confirm',
  notYou: 'Was it not you? Then close this page: without your confirmation everything is removed after 7 days.',
  confirmed: {
    title: 'Thank you, your address is confirmed',
    advice: 'Your application is with us now. We answer by e-mail; you need not do anything until then.',
  },
  dead: {
    title: 'This link does not work',
    advice: 'It may be incomplete, older than 7 days, or replaced: use the link in your newest e-mail, or apply again.',
  },
};

const DE: ApplyWords = {
  title: (program) => `Partner von ${program} werden`,
  lead: 'Sagen Sie uns, wer Sie sind und wie Sie für uns werben. Es dauert wenige Minuten; wir antworten per E-Mail.',
  name: 'Ihr Name oder Ihre Firma',
  nameHint: 'So, wie er auf Ihren Abrechnungen stehen soll.',
  email: 'E-Mail',
  emailHint: 'Mit dieser Adresse melden Sie sich später an.',
  country: 'Land',
  choose: 'Land auswählen',
  website: 'Website oder Profil',
  websiteHint: 'Zum Beispiel https://example.com',
  promotion: 'Wie werden Sie für uns werben?',
  promotionHint: 'Zum Beispiel: wer Sie liest oder Ihnen folgt, und wo unser Angebot stehen würde.',
  optional: 'freiwillig',
  terms: 'Bedingungen',
  readTerms: 'Bedingungen lesen',
  agree: 'Ich stimme den Bedingungen zu.',
  trap: 'Dieses Feld leer lassen',
  privacy:
    'Wir bewahren Ihre Angaben nur auf, um über die Bewerbung zu entscheiden. Ohne Bestätigung Ihrer Adresse werden sie nach 7 Tagen entfernt, nach einer Absage nach 90 Tagen.',
  send: 'Bewerbung senden',
  summary: 'Bitte korrigieren Sie das und senden Sie das Formular noch einmal:',
  missing: 'bitte ausfüllen',
  tooLong: (max) => `bitte höchstens ${max} Zeichen`,
  badEmail: 'bitte wie name@example.com schreiben',
  badWebsite: 'bitte wie https://example.com schreiben',
  badCountry: 'bitte aus der Liste wählen',
  badText: 'enthält Zeichen, die nicht gespeichert werden können',
  mustAgree: 'bitte stimmen Sie zu',
  termsChanged: 'sie haben sich geändert, seit Sie die Seite geöffnet haben; bitte lesen Sie sie noch einmal',
  tooFast: 'Das ging sehr schnell. Bitte prüfen Sie Ihre Angaben und senden Sie sie noch einmal.',
  tooOld: 'Diese Seite war lange offen. Bitte senden Sie sie noch einmal.',
  sent: {
    title: 'Fast fertig: Sehen Sie in Ihre E-Mails',
    advice:
      'Wir haben Ihnen einen Link geschickt. Folgen Sie ihm innerhalb von 7 Tagen, um Ihre Adresse zu bestätigen; dann lesen wir Ihre Bewerbung.',
  },
  sentKnown:
    'Keine E-Mail? Sehen Sie im Spam-Ordner nach. Wenn Sie sich schon beworben und das bestätigt haben, ist nichts weiter zu tun.',
  closed: (program) => ({
    title: `${program} sucht gerade keine Partner`,
    advice: 'Danke für Ihr Interesse. Kommen Sie später wieder, oder fragen Sie dort jemanden, den Sie kennen.',
  }),
  unknown: {
    title: 'Unter dieser Adresse gibt es nichts',
    advice:
      'Vielleicht enthält sie einen Tippfehler. Vergleichen Sie sie mit der Stelle, an der Sie sie gefunden haben.',
  },
  tooMany: {
    title: 'Heute sind zu viele Bewerbungen eingegangen',
    advice:
      'Wir können gerade keine weiteren annehmen. Versuchen Sie es morgen wieder; von Ihren Angaben wurde nichts gespeichert.',
  },
  tooLarge: {
    title: 'Das Formular ist zu groß',
    advice: 'Gehen Sie zurück, kürzen Sie die längsten Antworten und senden Sie es noch einmal.',
  },
  wait: {
    title: 'Einen Moment, bitte',
    advice: 'Gerade ist etwas überlastet. Warten Sie ein paar Sekunden und laden Sie die Seite neu.',
  },
  ask: (program) => `Ihre Bewerbung bei ${program} bestätigen`,
  askLead: (name) =>
    `Sie haben sich als ${name} beworben. Bestätigen Sie, dass das Ihre E-Mail-Adresse ist, dann lesen wir Ihre Bewerbung.`,
  confirm: 'Ja, bestätigen',
  notYou:
    'Das waren nicht Sie? Dann schließen Sie diese Seite: Ohne Ihre Bestätigung wird alles nach 7 Tagen entfernt.',
  confirmed: {
    title: 'Danke, Ihre Adresse ist bestätigt',
    advice: 'Ihre Bewerbung liegt uns jetzt vor. Wir antworten per E-Mail; bis dahin brauchen Sie nichts zu tun.',
  },
  dead: {
    title: 'Dieser Link funktioniert nicht',
    advice:
      'Vielleicht ist er unvollständig, älter als 7 Tage oder ersetzt worden: Nehmen Sie den Link aus Ihrer neuesten E-Mail, oder bewerben Sie sich noch einmal.',
  },
};

const ES: ApplyWords = {
  title: (program) => `Colabore con ${program}`,
  lead: 'Cuéntenos quién es y cómo nos promocionará. Son unos minutos; le responderemos por correo.',
  name: 'Su nombre o empresa',
  nameHint: 'Tal como debe figurar en sus liquidaciones.',
  email: 'Correo electrónico',
  emailHint: 'Con esta dirección iniciará sesión.',
  country: 'País',
  choose: 'Elija un país',
  website: 'Sitio web o perfil',
  websiteHint: 'Por ejemplo, https://example.com',
  promotion: '¿Cómo nos promocionará?',
  promotionHint: 'Por ejemplo: quién le lee o le sigue, y dónde aparecería nuestra oferta.',
  optional: 'opcional',
  terms: 'Condiciones',
  readTerms: 'Leer las condiciones',
  agree: 'Acepto las condiciones.',
  trap: 'Deje este campo vacío',
  privacy:
    'Guardamos sus datos solo para decidir sobre la solicitud. Se borran a los 7 días si no confirma su dirección, y 90 días después de una negativa.',
  send: 'Enviar solicitud',
  summary: 'Corrija esto y vuelva a enviar el formulario:',
  missing: 'rellene este campo',
  tooLong: (max) => `como máximo ${max} caracteres`,
  badEmail: 'escríbalo como nombre@example.com',
  badWebsite: 'escríbalo como https://example.com',
  badCountry: 'elija uno de la lista',
  badText: 'tiene caracteres que no se pueden guardar',
  mustAgree: 'acéptelas, por favor',
  termsChanged: 'han cambiado desde que abrió la página; léalas de nuevo',
  tooFast: 'Ha sido muy rápido. Revise lo que ha escrito y envíelo de nuevo.',
  tooOld: 'Esta página llevaba mucho tiempo abierta. Envíela de nuevo.',
  sent: {
    title: 'Casi listo: revise su correo',
    advice:
      'Le hemos enviado un enlace. Ábralo en un plazo de 7 días para confirmar su dirección; después leeremos su solicitud.',
  },
  sentKnown:
    '¿No le llega? Mire en el correo no deseado. Si ya la había enviado y confirmado, no tiene que hacer nada más.',
  closed: (program) => ({
    title: `${program} no busca colaboradores por ahora`,
    advice: 'Gracias por su interés. Vuelva más adelante o pregunte a quien conozca allí.',
  }),
  unknown: {
    title: 'No hay nada en esta dirección',
    advice: 'Puede que esté mal escrita. Compárela con el original o pregunte a quien se la dio.',
  },
  tooMany: {
    title: 'Hoy han llegado demasiadas solicitudes',
    advice: 'Ahora no podemos aceptar más. Inténtelo mañana; no se ha guardado nada de lo que ha escrito.',
  },
  tooLarge: {
    title: 'El formulario es demasiado grande',
    advice: 'Vuelva atrás, acorte las respuestas más largas y envíelo de nuevo.',
  },
  wait: {
    title: 'Un momento, por favor',
    advice: 'Ahora mismo hay mucha carga. Espere unos segundos y vuelva a cargar la página.',
  },
  ask: (program) => `Confirme su solicitud a ${program}`,
  askLead: (name) => `Ha enviado una solicitud como ${name}. Confirme que esta es su dirección y la leeremos.`,
  confirm: 'Sí, confirmar',
  notYou: '¿No ha sido usted? Cierre esta página: sin su confirmación se borra todo a los 7 días.',
  confirmed: {
    title: 'Gracias, su dirección está confirmada',
    advice: 'Ya tenemos su solicitud. Le responderemos por correo; hasta entonces no tiene que hacer nada.',
  },
  dead: {
    title: 'Este enlace no funciona',
    advice:
      'Puede que esté incompleto, tenga más de 7 días o se haya sustituido: use el del correo más reciente o envíe otra solicitud.',
  },
};

const FR: ApplyWords = {
  title: (program) => `Devenez partenaire de ${program}`,
  lead: 'Dites-nous qui vous êtes et comment vous parlerez de nous. Quelques minutes suffisent\u00a0; nous répondons par e-mail.',
  name: 'Votre nom ou votre société',
  nameHint: 'Tel qu’il doit figurer sur vos relevés.',
  email: 'E-mail',
  emailHint: 'C’est avec cette adresse que vous vous connecterez.',
  country: 'Pays',
  choose: 'Choisissez un pays',
  website: 'Site web ou profil',
  websiteHint: 'Par exemple https://example.com',
  promotion: 'Comment parlerez-vous de nous\u00a0?',
  promotionHint: 'Par exemple\u00a0: qui vous lit ou vous suit, et où notre offre apparaîtrait.',
  optional: 'facultatif',
  terms: 'Conditions',
  readTerms: 'Lire les conditions',
  agree: 'J’accepte les conditions.',
  trap: 'Laissez ce champ vide',
  privacy:
    'Nous gardons vos réponses uniquement pour décider. Elles sont effacées après 7 jours sans confirmation de votre adresse, et 90 jours après un refus.',
  send: 'Envoyer la candidature',
  summary: 'Corrigez ceci, puis envoyez de nouveau le formulaire\u00a0:',
  missing: 'à remplir',
  tooLong: (max) => `${max} caractères au maximum`,
  badEmail: 'à écrire comme nom@example.com',
  badWebsite: 'à écrire comme https://example.com',
  badCountry: 'à choisir dans la liste',
  badText: 'contient des caractères qui ne peuvent pas être enregistrés',
  mustAgree: 'veuillez les accepter',
  termsChanged: 'elles ont changé depuis que vous avez ouvert la page\u00a0; relisez-les',
  tooFast: 'C’était très rapide. Vérifiez votre saisie et envoyez-la de nouveau.',
  tooOld: 'Cette page est restée longtemps ouverte. Envoyez-la de nouveau.',
  sent: {
    title: 'Presque terminé\u00a0: consultez vos e-mails',
    advice:
      'Nous vous avons envoyé un lien. Suivez-le sous 7 jours pour confirmer votre adresse\u00a0; ensuite nous lirons votre candidature.',
  },
  sentKnown:
    'Aucun e-mail\u00a0? Regardez dans les indésirables. Si vous aviez déjà envoyé et confirmé une candidature, il n’y a rien d’autre à faire.',
  closed: (program) => ({
    title: `${program} ne cherche pas de partenaires pour le moment`,
    advice: 'Merci de votre intérêt. Revenez plus tard, ou demandez à quelqu’un que vous y connaissez.',
  }),
  unknown: {
    title: 'Il n’y a rien à cette adresse',
    advice: 'Elle est peut-être mal saisie. Comparez-la avec l’original, ou demandez à qui vous l’a donnée.',
  },
  tooMany: {
    title: 'Trop de candidatures aujourd’hui',
    advice: 'Nous ne pouvons pas en accepter davantage. Réessayez demain\u00a0; rien de votre saisie n’a été gardé.',
  },
  tooLarge: {
    title: 'Le formulaire est trop grand',
    advice: 'Revenez en arrière, raccourcissez les réponses les plus longues et envoyez-le de nouveau.',
  },
  wait: {
    title: 'Un instant, s’il vous plaît',
    advice: 'Le service est occupé. Attendez quelques secondes, puis rechargez la page.',
  },
  ask: (program) => `Confirmez votre candidature à ${program}`,
  askLead: (name) =>
    `Vous avez postulé sous le nom de ${name}. Confirmez que cette adresse est la vôtre, et nous lirons votre candidature.`,
  confirm: 'Oui, confirmer',
  notYou: 'Ce n’était pas vous\u00a0? Fermez cette page\u00a0: sans votre confirmation, tout est effacé après 7 jours.',
  confirmed: {
    title: 'Merci, votre adresse est confirmée',
    advice: 'Votre candidature nous est parvenue. Nous répondons par e-mail\u00a0; d’ici là, vous n’avez rien à faire.',
  },
  dead: {
    title: 'Ce lien ne fonctionne pas',
    advice:
      'Il est peut-être incomplet, vieux de plus de 7 jours ou remplacé\u00a0: utilisez celui de votre e-mail le plus récent, ou postulez de nouveau.',
  },
};

export const APPLY_WORDS: Readonly<Record<Language, ApplyWords>> = { en: EN, de: DE, es: ES, fr: FR };
