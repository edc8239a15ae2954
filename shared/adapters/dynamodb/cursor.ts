import { Failure } from '#shared/application/failure';

/** An opaque cursor out of the sort key where a page ended. */
export function toCursor(position: string): string {
  return Buffer.from(position, 'utf8').toString('base64url');
}

/** @throws Failure invalid_request for a cursor that this API never gave */
export function fromCursor(cursor: string): string {
  const position = Buffer.from(cursor, 'base64url').toString('utf8');
  if (position.length === 0 || toCursor(position) !== cursor) {
    throw new Failure('invalid_request', 'Send the nextCursor of the page before, or none for the first page.', {
      errors: [{ pointer: 'query:cursor', rule: 'must be a cursor that this list returned' }],
    });
  }
  return position;
}
