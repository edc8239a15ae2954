import type { JSX } from 'preact';
import { Alert, Copy } from '#console/ui/parts';

/** A secret on the one page that ever shows it: in a field, so that it can be selected without script. */
export function ShownOnce({ label, secret }: { readonly label: string; readonly secret: string }): JSX.Element {
  return (
    <>
      <Alert tone="attention" title="Copy it now">
        <p>It is shown on this page alone. Whoever has it acts in your name: keep it where your other secrets are.</p>
      </Alert>
      <div class="field">
        <label class="form-label" for="shown-once">
          {label}
        </label>
        <div class="secret-row">
          <input
            id="shown-once"
            class="form-control font-monospace"
            readOnly
            value={secret}
            autoComplete="off"
            spellcheck={false}
          />
          <Copy text={secret} />
        </div>
      </div>
    </>
  );
}
