/** Languages that customers' pages speak. */
export type Language = 'en' | 'de' | 'es' | 'fr';

/**
 * What customers read about who is paid, where a programme has no words of its own. Never edited in place: a version that was
 * shown must be found again, so another wording is another entry here and a new version of every programme's disclosure.
 */
const BUILT_IN: Readonly<Record<Language, string>> = {
  en: 'If you buy through this offer, {merchant} pays a commission to {payee}. Your price does not rise because of it.',
  de: 'Wenn Sie über dieses Angebot kaufen, zahlt {merchant} eine Provision an {payee}. Ihr Preis steigt dadurch nicht.',
  es: 'Si compra a través de esta oferta, {merchant} paga una comisión a {payee}. Su precio no sube por ello.',
  fr: 'Si vous achetez grâce à cette offre, {merchant} verse une commission à {payee}. Votre prix n’augmente pas pour autant.',
};

/** The disclosure before its names are filled in: the programme's own, else the one of this system in its language. */
export function disclosureText(settings: {
  readonly language: Language;
  readonly disclosure?: string | undefined;
}): string {
  return settings.disclosure ?? BUILT_IN[settings.language];
}

/** The text with who pays and who is paid; a text of the programme's own need not name either. */
export function filledDisclosure(text: string, names: { readonly merchant: string; readonly payee: string }): string {
  return text.replaceAll(/\{(merchant|payee)\}/g, (_, name: 'merchant' | 'payee') => names[name]);
}
