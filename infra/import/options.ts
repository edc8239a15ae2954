import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { isTimeZone } from '#shared/adapters/time-zones';
import { type ImportKind, KIND_NAMES, kindNamed } from './kinds.ts';

export type ImportOptions = {
  readonly programId: string;
  readonly file: string;
  /** Absent: told by the columns. */
  readonly kind?: ImportKind | undefined;
  readonly apiUrl: string;
  /** Keys to call with: of a merchant and of an administrator, or one for both. */
  readonly tokens: { readonly merchant: string; readonly admin: string };
  readonly isApplied: boolean;
  readonly skipsBad: boolean;
  readonly ignoresOthers: boolean;
  /** Columns that are left out although they have the name of a field. */
  readonly ignored: readonly string[];
  /** Absent: that of the programme. */
  readonly timeZone?: string | undefined;
  readonly map: ReadonlyMap<string, string>;
  readonly set: ReadonlyMap<string, string>;
  readonly report: string;
  readonly journal: string;
};

const endpointsSchema = z.object({
  apiUrl: z.string(),
  apiKeys: z.object({ admin: z.string(), merchant: z.string() }),
});

/** That somebody asked how the command is written. */
export class HelpWanted extends Error {}

/** @throws Error with what to write instead; HelpWanted */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): ImportOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      program: { type: 'string' },
      kind: { type: 'string' },
      apply: { type: 'boolean', default: false },
      'skip-bad': { type: 'boolean', default: false },
      'ignore-others': { type: 'boolean', default: false },
      ignore: { type: 'string', multiple: true, default: [] },
      map: { type: 'string', multiple: true, default: [] },
      set: { type: 'string', multiple: true, default: [] },
      'time-zone': { type: 'string' },
      report: { type: 'string' },
      api: { type: 'string' },
      data: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  // npm changes to the repository; a relative name means the folder that the person is in.
  const pathOf = (name: string): string => resolve(environment.INIT_CWD ?? '.', name);
  if (values.help) throw new HelpWanted();
  const [given, ...more] = positionals;
  if (values.program === undefined || given === undefined || more.length > 0) {
    throw new Error('name a programme and one file: npm run import -- --program ID sales.csv');
  }
  const file = pathOf(given);
  if (!existsSync(file)) throw new Error(`there is no file ${file}`);
  const kind = values.kind === undefined ? undefined : kindNamed(values.kind);
  if (values.kind !== undefined && !kind)
    throw new Error(`--kind is one of ${KIND_NAMES.join(', ')}, not ${values.kind}`);
  const timeZone = values['time-zone'];
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw new Error(`--time-zone is an IANA time zone such as Europe/London, not ${timeZone}`);
  }
  return {
    programId: values.program,
    file,
    kind,
    ...placeOf(values.api, values.data === undefined ? undefined : pathOf(values.data), environment),
    isApplied: values.apply,
    skipsBad: values['skip-bad'],
    ignoresOthers: values['ignore-others'],
    ignored: values.ignore,
    timeZone,
    map: pairs('map', values.map),
    set: pairs('set', values.set),
    report: values.report === undefined ? `${file}.report.csv` : pathOf(values.report),
    journal: `${file}.import.json`,
  };
}

function pairs(option: string, values: readonly string[]): Map<string, string> {
  return new Map(
    values.map((value) => {
      const [, name, rest] = /^([^=]+)=(.+)$/s.exec(value) ?? [];
      if (name === undefined || rest === undefined) throw new Error(`--${option} is written NAME=VALUE, not ${value}`);
      return [name.trim(), rest.trim()];
    }),
  );
}

/** The service at `--api` with the key in TALLYSTICK_API_KEY, or a local stack with the keys of its endpoints.json. */
function placeOf(
  api: string | undefined,
  data: string | undefined,
  environment: NodeJS.ProcessEnv,
): Pick<ImportOptions, 'apiUrl' | 'tokens'> {
  const key = environment.TALLYSTICK_API_KEY;
  if (api !== undefined) {
    if (!URL.canParse(api)) throw new Error(`--api is the address of the API, such as https://api.example, not ${api}`);
    if (!key)
      throw new Error(
        'set TALLYSTICK_API_KEY to an API key of the programme (a merchant key; an admin key for partners)',
      );
    return { apiUrl: api, tokens: { merchant: key, admin: key } };
  }
  const folder = data ?? resolve('.local');
  try {
    const { apiUrl, apiKeys } = endpointsSchema.parse(JSON.parse(readFileSync(join(folder, 'endpoints.json'), 'utf8')));
    return { apiUrl, tokens: apiKeys };
  } catch {
    throw new Error(
      `${folder} has no endpoints.json of a local stack: start one with "npm start", name its folder with --data, or name ` +
        'the service with --api URL and its key in TALLYSTICK_API_KEY',
    );
  }
}
