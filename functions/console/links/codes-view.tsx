import type { JSX } from 'preact';
import type * as z from 'zod';
import { Badge, Copy, Empty, Pager, Table, type Tone } from '#console/ui/parts';
import type { Visit } from '#functions/console/web/page';
import { partnerHref } from '#functions/console/web/paths';
import type { codeWithUseSchema } from '#shared/contracts/tracking/get-code';
import { discountWords } from './link-words.ts';

export type ListedCode = z.output<typeof codeWithUseSchema>;

/** Whether a code works now, in a word. */
export function codeState(code: ListedCode, now: number): readonly [Tone, string] {
  if (code.disabled) return ['attention', 'disabled'];
  if (code.expiresAt !== undefined && Date.parse(code.expiresAt) <= now) return ['plain', 'ended'];
  if (code.validFrom !== undefined && Date.parse(code.validFrom) > now) return ['info', 'not begun'];
  if (code.redemptions.available === 0) return ['plain', 'used up'];
  return ['good', 'active'];
}

export function CodesView({
  visit,
  codes,
  nextCursor,
  nameOf,
  empty,
}: {
  readonly visit: Visit;
  readonly codes: readonly ListedCode[];
  readonly nextCursor: string | undefined;
  readonly nameOf?: (partnerId: string) => string;
  readonly empty: string;
}): JSX.Element {
  const { format, programme, now } = visit;
  if (codes.length === 0) {
    return (
      <Empty icon="code" title="No code yet">
        {empty}
      </Empty>
    );
  }
  return (
    <>
      <Table
        caption="Codes"
        rows={codes}
        keyOf={({ code }) => code}
        columns={[
          {
            label: 'Code',
            cell: ({ code, partnerId }) => (
              <a href={`${partnerHref(programme.programId, partnerId)}/codes/${encodeURIComponent(code)}`}>{code}</a>
            ),
          },
          ...(nameOf ? [{ label: 'Partner', cell: ({ partnerId }: ListedCode) => nameOf(partnerId) }] : []),
          { label: 'Customers get', cell: (code) => discountWords(code, format) },
          {
            label: 'State',
            cell: (code) => <Badge tone={codeState(code, now)[0]}>{codeState(code, now)[1]}</Badge>,
          },
          { label: 'Redeemed', isNumber: true, cell: ({ redemptions }) => format.count(redemptions.confirmed) },
          {
            label: 'Left',
            isNumber: true,
            isMinor: true,
            cell: ({ redemptions: { available } }) => (available === undefined ? 'no limit' : format.count(available)),
          },
          { label: <span class="visually-hidden">Copy</span>, isMinor: true, cell: ({ code }) => <Copy text={code} /> },
        ]}
      />
      <Pager address={visit.address} nextCursor={nextCursor} />
    </>
  );
}
