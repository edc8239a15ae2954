import { ONE_CLICK } from '#shared/application/notifications/mail/make-unsubscribe-links';

/** One short field: whatever is longer is something else. */
const MAX_BYTES = 4096;
const PART = new RegExp(
  `name="?${ONE_CLICK.name}"?[^\\r\\n]*(?:\\r?\\n[^\\r\\n]+)*\\r?\\n\\r?\\n${ONE_CLICK.value}\\s`,
  'i',
);

/** Whether a form says what a mail program sends for one click: either encoding that RFC 8058, section 3.1, allows. */
export function isOneClick(body: Uint8Array, contentType: string | undefined): boolean {
  if (body.byteLength > MAX_BYTES) return false;
  const text = Buffer.from(body).toString('latin1');
  if (/^multipart\/form-data\b/i.test(contentType ?? '')) return PART.test(text);
  return new URLSearchParams(text).get(ONE_CLICK.name) === ONE_CLICK.value;
}
