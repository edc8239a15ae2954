/**
 * Keys of idempotency records, the same in every table. The scope begins with the programme and a slash, or with `*` where
 * there is none; ids hold neither `/` nor `#`.
 */
export function idempotencyKey(scope: string, key: string): { readonly pk: string; readonly sk: string } {
  const end = scope.indexOf('/');
  const programId = scope.slice(0, end);
  const rest = scope.slice(end + 1);
  return {
    pk: programId === '' || programId === '*' ? `IDEMPOTENCY#${rest}` : `${programId}#IDEMPOTENCY#${rest}`,
    sk: key,
  };
}
