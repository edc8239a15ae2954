export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Beside those that every message has, such as how to unsubscribe. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** By which reports on the message find the programme; nothing personal. `kind`: of the notice, or `digest.daily`. */
  readonly about?: { readonly programId: string; readonly kind: string } | undefined;
};

/**
 * `not_sent`: certainly nothing went out, and a later try may succeed. `refused`: certainly nothing went out, nor will it.
 * `unknown`: no answer came, so that it may have gone out.
 */
export type MailOutcome = 'sent' | 'not_sent' | 'refused' | 'unknown';

export type Mailer = { send(mail: Mail): Promise<MailOutcome> };
