import * as z from 'zod';
import { isHostPattern } from '#shared/domain/tracking/destination-hosts';

const MAX_HOSTS = 50;
/** The longest host name, a port and `*.`. */
const MAX_PATTERN_LENGTH = 261;

/** As a URL parser writes hosts: lower case, international names in punycode, without the usual port or a dot at the end. */
function canonicalPattern(text: string): string {
  const [, star = '', host = ''] = /^(\*\.)?(.*)$/s.exec(text) ?? [];
  if (/[\s/\\?#@%]/.test(host) || !URL.canParse(`https://${host}`)) return text;
  return star + new URL(`https://${host}`).host.replace(/\.(?=$|:)/, '');
}

export const destinationHostsSchema = z
  .array(
    z
      .string()
      .trim()
      .max(MAX_PATTERN_LENGTH)
      .overwrite(canonicalPattern)
      .refine(isHostPattern, 'must be a host name such as shop.example, shop.example:8443 or *.shop.example'),
  )
  .max(MAX_HOSTS)
  .meta({
    description:
      'Hosts that links and codes may lead to; `*.` stands for any name below, and not for the name itself. None: any https ' +
      'host, and partners make no links themselves. Links outside a new list are paused within minutes.',
  });
