import * as z from 'zod';

/** Parses `process.env` once, when a function starts: a missing or malformed variable stops it by name. */
export function readEnvironment<S extends z.ZodObject>(schema: S): z.output<S> {
  const parsed = schema.safeParse(process.env);
  if (!parsed.success) throw new Error(`environment: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
