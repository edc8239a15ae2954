import type { JSX } from 'preact';
import { ButtonLink, Card } from '#console/ui/parts';

/** A QR code to be seen and taken along. */
export function QrCard({ href, what }: { readonly href: string; readonly what: string }): JSX.Element {
  return (
    <Card title="QR code">
      <div class="stack">
        <img class="qr-code" src={href} width={192} height={192} alt={`QR code of ${what}`} />
        <div class="btn-list">
          <ButtonLink href={`${href}?format=svg&download=1`} icon="download" download>
            SVG, for print
          </ButtonLink>
          <ButtonLink href={`${href}?format=png&download=1`} icon="download" download>
            PNG
          </ButtonLink>
        </div>
      </div>
    </Card>
  );
}
