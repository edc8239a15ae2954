import { Failure } from '#shared/application/failure';

type FileType = { readonly mediaType: string; readonly is: (bytes: Uint8Array) => boolean };

const startsWith =
  (...signature: readonly number[]) =>
  (bytes: Uint8Array): boolean =>
    signature.every((byte, index) => bytes[index] === byte);

/** Below the space, what a text has: tab, line feed, form feed and carriage return. */
const TEXT_CONTROLS: ReadonlySet<number> = new Set([9, 10, 12, 13]);
const FIRST_PRINTABLE = 32;

function isText(bytes: Uint8Array): boolean {
  if (bytes.some((byte) => byte < FIRST_PRINTABLE && !TEXT_CONTROLS.has(byte))) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** By their first bytes (ISO 32000-1 7.5.2; PNG 5.2; JFIF, ISO 10918-1 B.1.1): a name or a header may say anything. */
const FILE_TYPES: readonly FileType[] = [
  { mediaType: 'application/pdf', is: startsWith(0x25, 0x50, 0x44, 0x46, 0x2d) },
  { mediaType: 'image/png', is: startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  { mediaType: 'image/jpeg', is: startsWith(0xff, 0xd8, 0xff) },
  { mediaType: 'text/plain', is: isText },
];

/**
 * What a file is by its content, which must be what it was sent as.
 * @throws Failure unsupported_media_type
 */
export function fileTypeOf(bytes: Uint8Array, sentAs: string | undefined): string {
  const found = FILE_TYPES.find(({ is }) => is(bytes))?.mediaType;
  if (found !== undefined && (sentAs === undefined || sentAs === found)) return found;
  const rule = `must be ${sentAs ?? FILE_TYPES.map(({ mediaType }) => mediaType).join(', ')} by its content`;
  throw new Failure('unsupported_media_type', 'Send a PDF, PNG, JPEG or plain text in UTF-8, as what it is.', {
    errors: [{ pointer: '', rule }],
  });
}
