import { Failure } from '#shared/application/failure';

/** An opaque cursor out of the sort key where a page ended. */
export function toCursor(position: string): string {
  return Buffer.from(position, 'utf8').toString('base64url');
}

/**
 * The sort key that a cursor stands for. `isPosition` tells the list's own keys from others: a made-up one never reaches the
 * table, which refuses a key outside the range that is read.
 * @throws Failure invalid_request for a cursor that this API never gave
 */
export function fromCursor(cursor: string, isPosition: (position: string) => boolean = () => true): string {
  const position = Buffer.from(cursor, 'base64url').toString('utf8');
  if (position.length === 0 || toCursor(position) !== cursor || !isPosition(position)) {
    throw new Failure('invalid_request', 'Send the nextCursor of the page before, or none for the first page.', {
      errors: [{ pointer: 'query:cursor', rule: 'must be a cursor that this list returned' }],
    });
  }
  return position;
}
