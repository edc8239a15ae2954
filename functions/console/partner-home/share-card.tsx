import type { JSX } from 'preact';
import { Card, Copy } from '#console/ui/parts';
import type { Format } from '#functions/console/web/format';

type Link = { readonly slug: string; readonly url: string; readonly clicks: number; readonly status: string };

/** The link that was clicked most among those that lead somewhere, ready to be shared. */
export function bestLink<L extends Link>(links: readonly L[]): L | undefined {
  return links
    .filter(({ status }) => status === 'active')
    .reduce<L | undefined>((best, one) => (best === undefined || one.clicks > best.clicks ? one : best), undefined);
}

export function ShareCard({
  link,
  format,
  base,
}: {
  readonly link: Link;
  readonly format: Format;
  readonly base: string;
}): JSX.Element {
  return (
    <Card
      title="Share your link"
      lead={link.clicks > 0 ? `Your busiest one: ${format.count(link.clicks)} clicks since it was made` : 'It is ready'}
      actions={<a href={`${base}/links/${link.slug}`}>QR code and clicks</a>}
    >
      <p class="share">
        <code class="share-url">{link.url}</code>
        <Copy text={link.url} label="Copy the link" />
      </p>
    </Card>
  );
}
