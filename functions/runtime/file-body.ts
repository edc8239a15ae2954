import { gunzipSync } from 'node:zlib';
import { Failure } from '#shared/application/failure';
import type { FileBody } from '#shared/contracts/route';

const GZIP = 'application/gzip';

type Sent = {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: string | undefined;
  readonly isBase64Encoded: boolean;
};

/**
 * A body that is a file, byte for byte; one in gzip is unpacked up to the file's own limit, whatever it claims to hold.
 * @throws Failure unsupported_media_type, body_too_large, invalid_request
 */
export function readFileBody(file: FileBody, sent: Sent): Uint8Array {
  const type = sent.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const allowed = [...file.types, GZIP];
  if (!allowed.includes(type)) {
    throw new Failure('unsupported_media_type', `Send the file with one of these types: ${allowed.join(', ')}.`, {
      errors: [{ pointer: 'header:Content-Type', rule: `must be one of ${allowed.join(', ')}` }],
    });
  }
  const bytes = Buffer.from(sent.body ?? '', sent.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.byteLength === 0) throw refused('must hold the file');
  if (bytes.byteLength > file.maxSentBytes) throw tooLarge(file.maxSentBytes, 'send it in gzip, or split it');
  return type === GZIP ? unpacked(bytes, file.maxBytes) : bytes;
}

function unpacked(bytes: Uint8Array, maxOutputLength: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxOutputLength, 'split it');
    throw refused('must be a whole gzip file, as its Content-Type says');
  }
}

function refused(rule: string): Failure {
  return new Failure('invalid_request', `The body ${rule}.`, { errors: [{ pointer: '', rule }] });
}

function tooLarge(maxBytes: number, advice: string): Failure {
  return new Failure('body_too_large', `The file has more than ${maxBytes} bytes: ${advice}.`, {
    errors: [{ pointer: '', rule: `must have at most ${maxBytes} bytes` }],
  });
}
