import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { expect, it } from 'vitest';
import { messageOfItem } from '#shared/adapters/dynamodb/partners/notice-message-items';
import { makeTemplates } from '#shared/adapters/mail-templates/render-notice';
import { everySample, readerOf } from '#test/support/notice-samples';

const { renderNotice } = makeTemplates();

it('a mail that waited says what it would have said at once', () => {
  for (const { message, audience } of everySample()) {
    const stored = unmarshall(marshall({ ...message }, { removeUndefinedValues: true }), {
      wrapNumbers: (number) => BigInt(number),
    });
    const kept = messageOfItem(stored as { kind: string; facts: unknown });
    expect(kept).toEqual(message);
    const reader = readerOf('en', audience);
    expect(renderNotice(kept, reader).text).toBe(renderNotice(message, reader).text);
  }
});
