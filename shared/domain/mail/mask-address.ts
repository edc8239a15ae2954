/** The first letter and the domain: enough for somebody who knows the address to recognise it. */
export function maskAddress(email: string): string {
  const at = email.lastIndexOf('@');
  if (at <= 0) return '***';
  const [first = ''] = email;
  return `${at > 1 ? first : ''}***${email.slice(at).toLowerCase()}`;
}
