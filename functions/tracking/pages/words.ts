import type { Language } from '#shared/domain/tracking/disclosure';

/** Everything that a customer's page says, in one language. Names and amounts come in as they are to be read. */
export type Words = {
  readonly titleOfCode: (merchant: string) => string;
  readonly titleOfLink: (merchant: string) => string;
  readonly percentOff: (percent: string) => string;
  readonly atMost: (amount: string) => string;
  readonly amountOff: (amount: string) => string;
  readonly freeDays: (count: number) => string;
  readonly freeMonths: (count: number) => string;
  readonly conditions: string;
  readonly minimumSpend: (amount: string) => string;
  readonly onlyCurrency: (currency: string) => string;
  readonly newCustomersOnly: string;
  readonly perCustomer: (times: number) => string;
  readonly validThrough: (day: string) => string;
  readonly validUntil: (time: string) => string;
  readonly invited: string;
  readonly enterCode: string;
  readonly go: (merchant: string) => string;
  readonly aboutPay: string;
  readonly isPaid: (payee: string) => string;
  readonly disclosureVersion: (version: number) => string;
  readonly codeGone: { readonly title: string; readonly advice: string };
  readonly linkUnknown: { readonly title: string; readonly advice: string };
  readonly linkEnded: { readonly title: string; readonly advice: string };
  readonly linkDamaged: { readonly title: string; readonly advice: string };
  readonly linkWaits: { readonly title: string; readonly advice: string };
};

/** Why there is nothing to show. */
export type Nothing = 'codeGone' | 'linkUnknown' | 'linkEnded' | 'linkDamaged' | 'linkWaits';

const EN: Words = {
  titleOfCode: (merchant) => `Your code for ${merchant}`,
  titleOfLink: (merchant) => `An offer of ${merchant}`,
  percentOff: (percent) => `${percent} off`,
  atMost: (amount) => `at most ${amount}`,
  amountOff: (amount) => `${amount} off`,
  freeDays: (count) => (count === 1 ? 'One day free' : `${count} days free`),
  freeMonths: (count) => (count === 1 ? 'One month free' : `${count} months free`),
  conditions: 'Conditions',
  minimumSpend: (amount) => `From ${amount} on`,
  onlyCurrency: (currency) => `Only for purchases in ${currency}`,
  perCustomer: (times) => (times === 1 ? 'Once per customer' : `${times} times per customer`),
  newCustomersOnly: 'For new customers only',
  validThrough: (day) => `Valid through ${day}`,
  validUntil: (time) => `Valid until ${time}`,
  invited: 'You were invited by a partner of ours.',
  enterCode: 'Enter this code at the checkout:',
  go: (merchant) => `Go to ${merchant}`,
  aboutPay: 'Who is paid for this',
  isPaid: (payee) => `Paid: ${payee}`,
  disclosureVersion: (version) => `Version ${version} of this notice`,
  codeGone: {
    title: 'This code cannot be used',
    advice:
      'It may be mistyped, or its time is over. Compare it with where you found it, or ask the person who gave it to you for a new one. You can always buy without a code.',
  },
  linkUnknown: {
    title: 'This link leads nowhere',
    advice:
      'It may be mistyped, or it was never given out. Compare it with where you found it, or ask the person who shared it for a new one.',
  },
  linkEnded: {
    title: 'This link is no longer in use',
    advice: 'Go to the shop yourself, or ask the person who shared the link for a new one.',
  },
  linkDamaged: {
    title: 'This link is damaged',
    advice: 'Something after the question mark does not belong there. Try the link without that part.',
  },
  linkWaits: {
    title: 'One moment, please',
    advice: 'The link cannot be looked up just now. Wait a few seconds, then load this page again.',
  },
};

const DE: Words = {
  titleOfCode: (merchant) => `Ihr Code für ${merchant}`,
  titleOfLink: (merchant) => `Ein Angebot von ${merchant}`,
  percentOff: (percent) => `${percent} Rabatt`,
  atMost: (amount) => `höchstens ${amount}`,
  amountOff: (amount) => `${amount} Rabatt`,
  freeDays: (count) => (count === 1 ? 'Ein Tag gratis' : `${count} Tage gratis`),
  freeMonths: (count) => (count === 1 ? 'Ein Monat gratis' : `${count} Monate gratis`),
  conditions: 'Bedingungen',
  minimumSpend: (amount) => `Ab ${amount} Einkaufswert`,
  onlyCurrency: (currency) => `Nur für Einkäufe in ${currency}`,
  perCustomer: (times) => (times === 1 ? 'Einmal pro Person' : `${times}-mal pro Person`),
  newCustomersOnly: 'Nur für neue Kundinnen und Kunden',
  validThrough: (day) => `Gültig bis einschließlich ${day}`,
  validUntil: (time) => `Gültig bis ${time}`,
  invited: 'Ein Partner von uns hat Sie eingeladen.',
  enterCode: 'Geben Sie diesen Code an der Kasse ein:',
  go: (merchant) => `Weiter zu ${merchant}`,
  aboutPay: 'Wer dafür bezahlt wird',
  isPaid: (payee) => `Bezahlt wird: ${payee}`,
  disclosureVersion: (version) => `Fassung ${version} dieses Hinweises`,
  codeGone: {
    title: 'Dieser Code gilt nicht',
    advice:
      'Vielleicht enthält er einen Tippfehler, oder er ist abgelaufen. Vergleichen Sie ihn mit der Stelle, an der Sie ihn gefunden haben, oder bitten Sie um einen neuen. Einkaufen können Sie immer auch ohne Code.',
  },
  linkUnknown: {
    title: 'Dieser Link führt nirgendwohin',
    advice:
      'Vielleicht enthält er einen Tippfehler, oder es hat ihn nie gegeben. Vergleichen Sie ihn mit der Stelle, an der Sie ihn gefunden haben, oder bitten Sie um einen neuen.',
  },
  linkEnded: {
    title: 'Dieser Link gilt nicht mehr',
    advice: 'Gehen Sie selbst zum Shop, oder bitten Sie um einen neuen Link.',
  },
  linkDamaged: {
    title: 'Dieser Link ist beschädigt',
    advice: 'Etwas nach dem Fragezeichen gehört nicht dorthin. Versuchen Sie den Link ohne diesen Teil.',
  },
  linkWaits: {
    title: 'Einen Moment, bitte',
    advice:
      'Der Link kann gerade nicht nachgeschlagen werden. Warten Sie ein paar Sekunden und laden Sie die Seite neu.',
  },
};

const ES: Words = {
  titleOfCode: (merchant) => `Su código para ${merchant}`,
  titleOfLink: (merchant) => `Una oferta de ${merchant}`,
  percentOff: (percent) => `${percent} de descuento`,
  atMost: (amount) => `como máximo ${amount}`,
  amountOff: (amount) => `${amount} de descuento`,
  freeDays: (count) => (count === 1 ? 'Un día gratis' : `${count} días gratis`),
  freeMonths: (count) => (count === 1 ? 'Un mes gratis' : `${count} meses gratis`),
  conditions: 'Condiciones',
  minimumSpend: (amount) => `A partir de ${amount}`,
  onlyCurrency: (currency) => `Solo para compras en ${currency}`,
  perCustomer: (times) => (times === 1 ? 'Una vez por cliente' : `${times} veces por cliente`),
  newCustomersOnly: 'Solo para nuevos clientes',
  validThrough: (day) => `Válido hasta el ${day} inclusive`,
  validUntil: (time) => `Válido hasta el ${time}`,
  invited: 'Viene por invitación de uno de nuestros colaboradores.',
  enterCode: 'Introduzca este código al pagar:',
  go: (merchant) => `Ir a ${merchant}`,
  aboutPay: 'Quién cobra por esto',
  isPaid: (payee) => `Cobra: ${payee}`,
  disclosureVersion: (version) => `Versión ${version} de este aviso`,
  codeGone: {
    title: 'Este código no se puede usar',
    advice:
      'Puede que esté mal escrito o que haya caducado. Compárelo con el original o pida uno nuevo a quien se lo dio. Siempre puede comprar sin código.',
  },
  linkUnknown: {
    title: 'Este enlace no lleva a ninguna parte',
    advice:
      'Puede que esté mal escrito o que nunca haya existido. Compárelo con el original o pida uno nuevo a quien lo compartió.',
  },
  linkEnded: {
    title: 'Este enlace ya no está en uso',
    advice: 'Vaya directamente a la tienda o pida un enlace nuevo a quien lo compartió.',
  },
  linkDamaged: {
    title: 'Este enlace está dañado',
    advice: 'Algo después del signo de interrogación no debería estar ahí. Pruebe el enlace sin esa parte.',
  },
  linkWaits: {
    title: 'Un momento, por favor',
    advice: 'Ahora mismo no se puede buscar el enlace. Espere unos segundos y vuelva a cargar la página.',
  },
};

const FR: Words = {
  titleOfCode: (merchant) => `Votre code pour ${merchant}`,
  titleOfLink: (merchant) => `Une offre de ${merchant}`,
  percentOff: (percent) => `${percent} de réduction`,
  atMost: (amount) => `au maximum ${amount}`,
  amountOff: (amount) => `${amount} de réduction`,
  freeDays: (count) => (count === 1 ? 'Un jour offert' : `${count} jours offerts`),
  freeMonths: (count) => (count === 1 ? 'Un mois offert' : `${count} mois offerts`),
  conditions: 'Conditions',
  minimumSpend: (amount) => `À partir de ${amount} d’achat`,
  onlyCurrency: (currency) => `Uniquement pour les achats en ${currency}`,
  perCustomer: (times) => (times === 1 ? 'Une fois par client' : `${times} fois par client`),
  newCustomersOnly: 'Réservé aux nouveaux clients',
  validThrough: (day) => `Valable jusqu’au ${day} inclus`,
  validUntil: (time) => `Valable jusqu’au ${time}`,
  invited: 'Vous venez à l’invitation d’un de nos partenaires.',
  enterCode: 'Saisissez ce code au moment de payer\u00a0:',
  go: (merchant) => `Aller chez ${merchant}`,
  aboutPay: 'Qui est payé pour cela',
  isPaid: (payee) => `Est payé\u00a0: ${payee}`,
  disclosureVersion: (version) => `Version ${version} de cet avis`,
  codeGone: {
    title: 'Ce code n’est pas utilisable',
    advice:
      'Il est peut-être mal saisi, ou sa période est terminée. Comparez-le avec l’original, ou demandez-en un nouveau à la personne qui vous l’a donné. Vous pouvez toujours acheter sans code.',
  },
  linkUnknown: {
    title: 'Ce lien ne mène nulle part',
    advice:
      'Il est peut-être mal saisi, ou n’a jamais existé. Comparez-le avec l’original, ou demandez-en un nouveau à la personne qui l’a partagé.',
  },
  linkEnded: {
    title: 'Ce lien n’est plus utilisé',
    advice: 'Allez vous-même à la boutique, ou demandez un nouveau lien à la personne qui l’a partagé.',
  },
  linkDamaged: {
    title: 'Ce lien est endommagé',
    advice: 'Quelque chose après le point d’interrogation n’y a pas sa place. Essayez le lien sans cette partie.',
  },
  linkWaits: {
    title: 'Un instant, s’il vous plaît',
    advice: 'Le lien ne peut pas être consulté pour le moment. Attendez quelques secondes, puis rechargez la page.',
  },
};

export const WORDS: Readonly<Record<Language, Words>> = { en: EN, de: DE, es: ES, fr: FR };
