import type { ClientRequest, IncomingMessage } from 'node:http';
import type { SendOutcome } from '#shared/application/notifications/webhooks/webhook-ports';

/** Of an answer that was no success: enough to see what went wrong, too little to fetch something by. */
const MAX_RESPONSE_CHARACTERS = 256;
/** Nothing more of it is read; a character has at most four bytes. */
const MAX_RESPONSE_BYTES = 4 * MAX_RESPONSE_CHARACTERS;
/** A failure is one without its text, too. */
const BODY_MS = 1_000;
const MS_PER_SECOND = 1_000;

/** Sends a request and answers its outcome by the status line: a success needs no body. @throws what the connection failed by */
export async function postOnce(request: ClientRequest, body: string): Promise<SendOutcome> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request.once('response', resolve);
  // Also after the response: what the socket does then is of no interest.
  request.on('error', reject);
  // Of an answer that changes the protocol Node tells nothing else: without this nobody would ever go on.
  request.once('close', () => reject(Object.assign(new Error('closed without an answer'), { code: 'NO_ANSWER' })));
  request.end(body);
  try {
    const response = await promise;
    const statusCode = response.statusCode ?? 0;
    if (statusCode >= 200 && statusCode < 300) return { statusCode };
    const retryAfterSeconds = retryAfterOf(response.headers);
    const responseStart = await startOf(response);
    return {
      statusCode,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      ...(responseStart !== '' && { responseStart }),
    };
  } finally {
    request.destroy();
  }
}

/** Seconds or a date (RFC 9110, 10.2.3), from the receiver's own clock where it says one. */
function retryAfterOf({ 'retry-after': text, date }: IncomingMessage['headers']): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text);
  const seconds = (Date.parse(text) - Date.parse(date ?? '')) / MS_PER_SECOND;
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : undefined;
}

async function startOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const timer = setTimeout(() => response.destroy(), BODY_MS);
  try {
    for await (const chunk of response) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes >= MAX_RESPONSE_BYTES) break;
    }
  } catch {
    // What came before it broke off is enough.
  } finally {
    clearTimeout(timer);
  }
  const text = new TextDecoder().decode(Buffer.concat(chunks).subarray(0, MAX_RESPONSE_BYTES));
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, MAX_RESPONSE_CHARACTERS)
    .toWellFormed();
}
