import type { AccountRow, Block, Content } from '#shared/adapters/mail-templates/content';
import type { Frame } from '#shared/adapters/mail-templates/html';
import { labelled } from '#shared/adapters/words/formats';
import type { Language } from '#shared/application/notifications/messages';

/** The same as plain text, paragraph by paragraph; it stands in the inbox as it is. */
export function paragraphsOf({ blocks }: Pick<Content, 'blocks'>, language: Language): string {
  return blocks.map((block) => blockText(block, language)).join('\n\n');
}

/** A whole e-mail as plain text. */
export function textOf(content: Content, { lang, greeting, footer, links }: Frame): string {
  const foot = [...footer, ...links.map(({ label, href }) => labelled(lang, label, href))];
  return `${[content.title, greeting, paragraphsOf(content, lang), '—', ...foot].join('\n\n')}\n`;
}

function blockText(block: Block, language: Language): string {
  switch (block.type) {
    case 'paragraph':
      return block.text;
    case 'quote':
      return [labelled(language, block.by), ...block.lines.map((line) => `> ${line}`)].join('\n');
    case 'figure':
      return labelled(language, block.label, block.value);
    case 'facts':
      return block.rows.map(({ label, value }) => labelled(language, label, value)).join('\n');
    case 'account':
      return [block.caption, ...columns(block.rows)].join('\n');
    case 'progress':
      return [
        labelled(language, block.title),
        ...block.steps.map(({ text, measured }) => (measured ? `- ${text} (${measured.words})` : `- ${text}`)),
      ].join('\n');
    case 'news':
      return [
        block.title,
        ...block.items.map(({ title, text, when }) => [title, text, when].filter((line) => line !== '').join('\n')),
      ].join('\n\n');
    case 'link':
      return labelled(language, block.label, block.href);
    case 'next':
      return [labelled(language, block.title), ...block.items.map((item) => `- ${item}`)].join('\n');
  }
}

function columns(rows: readonly AccountRow[]): readonly string[] {
  const widest = (of: (row: AccountRow) => string): number => Math.max(...rows.map((row) => [...of(row)].length));
  const label = widest((row) => row.label);
  const value = widest((row) => row.value);
  return rows.map((row) => `  ${row.label.padEnd(label)}  ${row.value.padStart(value)}`);
}
