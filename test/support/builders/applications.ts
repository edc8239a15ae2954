import { digest } from '#shared/adapters/digest';
import type { Application } from '#shared/application/partners/applications/ports';
import { instant } from '#test/support/builders/partners';

/** Noor's, on the table and not written yet. */
export function anApplication(overrides: Partial<Application> = {}): Application {
  return {
    programId: 'acme',
    applicationId: 'a1',
    version: 0,
    status: 'unconfirmed',
    name: 'Noor Reads',
    email: 'noor@reads.example',
    emailHash: digest('noor@reads.example'),
    country: 'NL',
    website: 'https://reads.example',
    promotion: 'A letter to 4,000 readers each Friday.',
    answers: [{ id: 'audience', label: 'Who reads you?', answer: 'Students' }],
    language: 'en',
    via: 'page',
    contentHash: 'c1',
    links: 1,
    receivedAt: instant('2026-03-10T08:00:00Z'),
    lapsesAt: instant('2026-03-17T08:00:00Z'),
    ...overrides,
  };
}

/** The same once its address is confirmed. */
export function aWaitingApplication(overrides: Partial<Application> = {}): Application {
  const { lapsesAt: _, ...application } = anApplication();
  return { ...application, status: 'waiting', confirmedAt: instant('2026-03-10T09:00:00Z'), ...overrides };
}
