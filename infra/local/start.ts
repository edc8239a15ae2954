import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureAssembly } from './ensure-assembly.ts';

/**
 * `npm start`: synthesises the app and runs that template on this machine.
 * --empty        without demo data        --port N   port of the API (default 4510)
 * --data DIR     where state is kept      --demo     approves December and goes on to January
 * --exit         ends after the demo; exit code 0 only if all its checks held
 * WARM_THREADS   how many functions stay loaded between calls, 8 unless said; each takes 20 to 25 MB (the tests say more)
 */

const HELP = `npm start -- [options]
  --empty      no demo data: an empty system for your own trial
  --port N     port of the API (default 4510)
  --data DIR   where state is kept (default .local)
  --demo       approve December with both approvers and go on to January
  --exit       end after the demo; exit code 0 only if all its checks held`;

const DEFAULT_PORT = 4510;
/** Sees what the partner with this address may see: in the demo Germany, in an empty system whoever is enrolled with it. */
const PARTNER_EMAIL = 'germany@partners.example';

/** Stand-ins of rails, and a receiver of webhooks, on this machine, for trials: each may be given as a variable of the same name. */
const STAND_INS = ['STRIPE_API_URL', 'PAYPAL_API_URL', 'WEBHOOK_TRIAL_ORIGIN'];

const say = (text: string): void => console.log(text);
let stop = async (): Promise<void> => undefined;

try {
  const options = readOptions();
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const assemblyDir = await ensureAssembly(say);
  // Only now: while the build runs, the host would only take memory.
  const [{ startHost }, { writeEndpoints }, { tellDemo }] = await Promise.all([
    import('./host.ts'),
    import('./demo/sign-in.ts'),
    import('./demo/tell-demo.ts'),
  ]);
  const variables = Object.fromEntries(
    STAND_INS.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  const warmThreads = Number(process.env.WARM_THREADS) || undefined;
  const { dataDir, port } = options;
  const host = await startHost({ assemblyDir, dataDir, port, log: say, variables, warmThreads });
  stop = host.stop;
  const endpoints = await writeEndpoints(options.dataDir, host, [PARTNER_EMAIL]);
  say(`\nTallystick serves at ${endpoints.apiUrl}   (OpenAPI: ${endpoints.apiUrl}/openapi.json)`);
  say(`Console ${endpoints.consoleUrl}   open it in a browser and click on who you are; no password`);
  say(`Mailbox ${endpoints.mailboxUrl}   keys and tokens: ${resolve(options.dataDir, 'endpoints.json')}\n`);
  let failed = false;
  if (!options.empty)
    failed = !(await tellDemo({ endpoints, dataDir: options.dataDir, full: options.demo, watch: !options.exit, say }));
  if (options.exit) {
    await stop();
    process.exit(failed ? 1 : 0);
  }
  say('\nRunning. Stop with Ctrl-C; your data stays.');
} catch (error) {
  console.error(`\nCould not go on: ${error instanceof Error ? error.message : String(error)}`);
  await stop();
  process.exit(1);
}

function readOptions(): { empty: boolean; demo: boolean; exit: boolean; port: number; dataDir: string } {
  const { values } = parseArgs({
    options: {
      empty: { type: 'boolean', default: false },
      demo: { type: 'boolean', default: false },
      exit: { type: 'boolean', default: false },
      port: { type: 'string', default: String(DEFAULT_PORT) },
      data: { type: 'string', default: '.local' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(HELP);
    process.exit(0);
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`--port must be 1 to 65535, is ${values.port}`);
  if (values.empty && values.demo) throw new Error('--empty and --demo exclude each other: choose one');
  return { empty: values.empty, demo: values.demo, exit: values.exit, port, dataDir: resolve(values.data) };
}
