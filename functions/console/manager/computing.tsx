import type { JSX } from 'preact';
import type { IconName } from '#console/ui/icons';
import { ButtonLink, Card, Empty } from '#console/ui/parts';
import type { Visit } from '#functions/console/web/page';

/** In the place of figures that are computed for the first time. `shown` is what the page shows by itself then: "it" or "them". */
export function Computing({
  visit,
  icon,
  title,
  shown,
}: {
  readonly visit: Pick<Visit, 'address'>;
  readonly icon: IconName;
  readonly title: string;
  readonly shown: 'it' | 'them';
}): JSX.Element {
  return (
    <Card>
      <Empty
        icon={icon}
        title={title}
        action={
          <ButtonLink href={visit.address} primary>
            {`Show ${shown}`}
          </ButtonLink>
        }
      >
        {`This takes some seconds the first time; the page shows ${shown} by itself.`}
      </Empty>
    </Card>
  );
}
