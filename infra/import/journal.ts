import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

const journalSchema = z.object({
  /** Digest of what is sent and where: another file, programme or mapping starts anew. */
  digest: z.string(),
  /** Every line up to this one was answered. */
  through: z.int(),
  recorded: z.int(),
  repeated: z.int(),
  /** Lines that were refused: they are tried again. */
  refused: z.array(z.int()),
});
export type ImportState = z.output<typeof journalSchema>;

export type ImportJournal = {
  readonly state: ImportState;
  readonly save: (state: ImportState) => void;
  /** The file was sent to its end: a repeat sends all of it again, which records nothing twice. */
  readonly end: () => void;
};

/** How far a file was sent, kept beside it so that an import that ended half-way goes on. Losing it costs time alone. */
export function openJournal(file: string, digest: string): ImportJournal {
  const fresh = { digest, through: 0, recorded: 0, repeated: 0, refused: [] };
  return {
    state: stateIn(file, digest) ?? fresh,
    end: () => rmSync(file, { force: true }),
    save: (state) => {
      const next = `${file}.next`;
      writeFileSync(next, `${JSON.stringify(state)}\n`);
      renameSync(next, file);
    },
  };
}

function stateIn(file: string, digest: string): ImportState | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const state = journalSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return state.digest === digest ? state : undefined;
  } catch {
    return undefined;
  }
}
