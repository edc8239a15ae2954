/** Members of a record's content as people read them; of a text that is no object, the text itself. */
export function contentRows(content: string): readonly (readonly [name: string, value: string])[] {
  const value = parsed(content);
  if (value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) {
    return [[content.startsWith('sha256:') ? 'Fingerprint of the content' : 'Content', content]];
  }
  return rowsOf(value as Record<string, unknown>, '');
}

/** Nested members by their path: `before › required`. */
function rowsOf(value: Readonly<Record<string, unknown>>, above: string): [string, string][] {
  return Object.entries(value).flatMap(([name, member]): [string, string][] => {
    const path = above === '' ? name : `${above} › ${name}`;
    if (member !== null && typeof member === 'object' && !Array.isArray(member)) {
      return rowsOf(member as Record<string, unknown>, path);
    }
    return [[path, typeof member === 'string' ? member : JSON.stringify(member)]];
  });
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
