import type { JSX } from 'preact';
import { Badge, ButtonLink, Card } from '#console/ui/parts';

type Step = {
  readonly title: string;
  readonly text: string;
  readonly href: string;
  readonly label: string;
  readonly isDone: boolean;
};

/** For a partner who has just begun: three things to do, in order, until all of them are done. */
export function FirstSteps({
  base,
  hasLink,
  hasPayee,
  hasClicks,
}: {
  readonly base: string;
  readonly hasLink: boolean;
  readonly hasPayee: boolean;
  readonly hasClicks: boolean;
}): JSX.Element | null {
  const steps: readonly Step[] = [
    {
      title: 'Make your first link',
      text: 'It leads to the shop and remembers that you sent the customer.',
      href: `${base}/links#create-link-destination`,
      label: 'Make a link',
      isDone: hasLink,
    },
    {
      title: 'Share it',
      text: 'On your site, in a mail or as a QR code. Clicks show up here within a minute or so.',
      href: `${base}/links`,
      label: 'See your links',
      isDone: hasClicks,
    },
    {
      title: 'Say where you are paid',
      text: 'What you earn is kept for you until then.',
      href: `${base}/payee`,
      label: 'Enter payment details',
      isDone: hasPayee,
    },
  ];
  if (steps.every(({ isDone }) => isDone)) return null;
  const current = steps.find(({ isDone }) => !isDone);
  return (
    <Card title="Your first three steps" lead="Then sales come in by themselves.">
      <ol class="first-steps">
        {steps.map((step) => (
          <li key={step.title}>
            <div class="news-title">
              {step.title} {step.isDone ? <Badge tone="good">done</Badge> : null}
            </div>
            <p class="text-secondary">{step.text}</p>
            {step.isDone ? null : (
              <ButtonLink href={step.href} primary={step === current}>
                {step.label}
              </ButtonLink>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
