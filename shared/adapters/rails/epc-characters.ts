/**
 * The characters that every bank of the SEPA schemes must carry: letters, digits, space and / - ? : ( ) . , ' +
 * Source: EPC217-08, SEPA requirements for an extended character set; the conversions follow its tables.
 */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  Æ: 'AE',
  æ: 'ae',
  Œ: 'OE',
  œ: 'oe',
  Ø: 'O',
  ø: 'o',
  Đ: 'D',
  đ: 'd',
  Ð: 'D',
  ð: 'd',
  Þ: 'TH',
  þ: 'th',
  Ł: 'L',
  ł: 'l',
  ı: 'i',
  Ħ: 'H',
  ħ: 'h',
  Ŧ: 'T',
  ŧ: 't',
  Ŋ: 'N',
  ŋ: 'n',
  ĸ: 'k',
  '&': '+',
  _: '-',
  '–': '-',
  '—': '-',
  '‐': '-',
  '’': "'",
  '‘': "'",
  '`': "'",
  '´': "'",
  '“': "'",
  '”': "'",
  '"': "'",
  '{': '(',
  '}': ')',
  '[': '(',
  ']': ')',
  '<': '(',
  '>': ')',
  ';': ',',
  '|': '/',
  '\\': '/',
  '~': '-',
  '€': 'E',
};

const GREEK =
  'ΑA ΒV ΓG ΔD ΕE ΖZ ΗI ΘTH ΙI ΚK ΛL ΜM ΝN ΞX ΟO ΠP ΡR ΣS ΤT ΥY ΦF ΧCH ΨPS ΩO αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr ςs σs τt υy φf χch ψps ωo';
const CYRILLIC =
  'АA БB ВV ГG ДD ЕE ЖZH ЗZ ИI ЙY КK ЛL МM НN ОO ПP РR СS ТT УU ФF ХH ЦTS ЧCH ШSH ЩSHT ЪA ЬY ЮYU ЯYA ЫY ЭE ' +
  'аa бb вv гg дd еe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хh цts чch шsh щsht ъa ьy юyu яya ыy эe';

const CONVERSIONS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(LETTERS),
  ...`${GREEK} ${CYRILLIC}`.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1)] as const),
]);

const ALLOWED = /^[A-Za-z0-9/\-?:().,'+ ]$/;

/** `text` in the EPC character set, at most `maxLength` long; a character without a conversion becomes a full stop. */
export function toEpcText(text: string, maxLength: number): string {
  const converted = [...text.normalize('NFC')].map(convert).join('');
  const oneSpaced = converted.replaceAll(/ +/g, ' ');
  // EPC guidelines: no slash at either end, no two in a row.
  return oneSpaced
    .replaceAll(/\/{2,}/g, '/')
    .replace(/^[/ ]+/, '')
    .slice(0, maxLength)
    .replace(/[/ ]+$/, '');
}

function convert(character: string): string {
  if (ALLOWED.test(character)) return character;
  if (/\s/.test(character)) return ' ';
  const known = CONVERSIONS.get(character);
  if (known !== undefined) return known;
  const base = character.normalize('NFD').replaceAll(/\p{M}/gu, '');
  if (base === character || base === '') return base === '' ? '' : '.';
  return [...base].map(convert).join('');
}
