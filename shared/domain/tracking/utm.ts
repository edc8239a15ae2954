/** The five parameters that web analytics read. Source: Google Analytics, "URL builders: collect campaign data with custom URLs". */
export const UTM_NAMES = ['source', 'medium', 'campaign', 'term', 'content'] as const;
export type UtmName = (typeof UTM_NAMES)[number];
export type UtmTemplates = { readonly [name in UtmName]?: string | undefined };

/** What a template may say in braces: the first three are known when a link is stored, the others only when it is followed. */
export const UTM_PLACEHOLDERS = ['partnerId', 'slug', 'campaign', 'sub1', 'sub2', 'sub3', 'sub4', 'sub5'] as const;

const PLACEHOLDER = /\{(\w*)\}/g;
const STORED: ReadonlySet<string> = new Set(['partnerId', 'slug', 'campaign']);

/** The placeholders in a template that do not exist, as written. */
export function unknownPlaceholders(template: string): readonly string[] {
  const known: readonly string[] = UTM_PLACEHOLDERS;
  return (template.match(/\{[^{}]*\}|[{}]/g) ?? []).filter((found) => !known.includes(found.slice(1, -1)));
}

/**
 * A link's templates over its programme's, as the query text that the redirect appends: encoded, with `{sub1}` to `{sub5}` left
 * to fill in. Everything else is encoded, so that a brace in it can be no placeholder. A template that comes out empty, as
 * one set to '' does, leaves its parameter away.
 */
export function resolveUtm(
  defaults: UtmTemplates,
  own: UtmTemplates,
  link: { readonly partnerId: string; readonly slug: string; readonly campaign?: string | undefined },
): string {
  const values: Readonly<Record<string, string | undefined>> = link;
  return UTM_NAMES.flatMap((name) => {
    const template = own[name] ?? defaults[name] ?? '';
    let resolved = '';
    let from = 0;
    for (const match of template.matchAll(PLACEHOLDER)) {
      const placeholder = match[1] ?? '';
      resolved += encodeText(template.slice(from, match.index));
      resolved += STORED.has(placeholder) ? encodeText(values[placeholder] ?? '') : match[0];
      from = match.index + match[0].length;
    }
    resolved += encodeText(template.slice(from));
    return resolved === '' ? [] : [`utm_${name}=${resolved}`];
  }).join('&');
}

/**
 * What to append to a destination: a parameter that the destination has itself keeps its own value, sub-ids are filled in,
 * and what stays empty is left away. `beforeHash` is the destination without its fragment.
 */
export function fillUtm(
  resolved: string,
  beforeHash: string,
  sub: (name: string) => string | null | undefined,
): string {
  const hasQuery = beforeHash.includes('?');
  if (!hasQuery && !resolved.includes('{')) return resolved;
  return resolved
    .split('&')
    .map((parameter) => parameter.replace(PLACEHOLDER, (_whole, name: string) => encodeText(sub(name) ?? '')))
    .filter((parameter) => {
      const name = parameter.slice(0, parameter.indexOf('=') + 1);
      if (name.length === parameter.length) return false;
      return !hasQuery || !(beforeHash.includes(`?${name}`) || beforeHash.includes(`&${name}`));
    })
    .join('&');
}

/** Percent-encoded; half a surrogate pair, which no encoding has, becomes the replacement character. */
function encodeText(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
