/** SES takes letters, digits, underscores and dashes in a tag; an id of ours may also hold dots and colons. */
const TAG_VALUE = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
/** No id begins with it. */
const ENCODED = '_';

/** An id as the value of a message tag of SES. */
export function toTagValue(id: string): string {
  return TAG_VALUE.test(id) ? id : `${ENCODED}${Buffer.from(id, 'utf8').toString('base64url')}`;
}

export function fromTagValue(value: string): string {
  return value.startsWith(ENCODED) ? Buffer.from(value.slice(1), 'base64url').toString('utf8') : value;
}
