import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, stop } from 'esbuild';
import { type FunctionDefinition, functionTable } from './functions.ts';

const ROOT = join(import.meta.dirname, '..');
/** FUNCTIONS_DIRECTORY in the environment keeps two builds at once apart. */
export const FUNCTIONS_DIRECTORY = process.env.FUNCTIONS_DIRECTORY ?? join(ROOT, '.build', 'functions');

/** The bundler holds every function's tree at once, 15 MB each: all of them would take more than a gigabyte. */
const BUNDLES_AT_ONCE = 9;

export type Bundle = { readonly name: string; readonly bytes: number };

/**
 * Bundles every function of the table to {directory}/{name}/index.mjs. The same sources give the
 * same bytes in any checkout. No source maps: reading one would cost the redirect its start.
 * @throws Error naming each missing entry file.
 */
export async function buildFunctions(
  directory: string = FUNCTIONS_DIRECTORY,
  definitions: readonly FunctionDefinition[] = functionTable(),
): Promise<readonly Bundle[]> {
  const missing = definitions.filter(({ entry }) => !existsSync(join(ROOT, entry)));
  if (missing.length > 0) {
    throw new Error(`These functions have no entry file:\n  ${missing.map(({ entry }) => entry).join('\n  ')}`);
  }
  const next = `${directory}.next`;
  rmSync(next, { recursive: true, force: true });
  const bundles: Bundle[] = [];
  for (let at = 0; at < definitions.length; at += BUNDLES_AT_ONCE) {
    const some = definitions.slice(at, at + BUNDLES_AT_ONCE);
    await bundle(some, next);
    // Its memory goes only with its process.
    await stop();
    for (const { name } of some) bundles.push({ name, bytes: finishBundle(join(next, name, 'index.mjs')) });
  }
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(dirname(directory), { recursive: true });
  renameSync(next, directory);
  return bundles;
}

/** A bundle after the other in the same memory: together they are 100 MB. */
const scratch = Buffer.alloc(4_000_000);

/** CommonJS packages that require by a computed name need a `require`, which ESM lacks. Answers the bytes of the bundle. */
function finishBundle(file: string): number {
  const descriptor = openSync(file, 'r+');
  try {
    const bytes = readSync(descriptor, scratch, 0, scratch.length, 0);
    if (bytes === scratch.length) throw new Error(`${file} is larger than a function may be`);
    const code = scratch.subarray(0, bytes);
    if (!code.includes('Dynamic require of')) return bytes;
    writeSync(descriptor, REQUIRE, 0);
    writeSync(descriptor, code, 0, bytes, Buffer.byteLength(REQUIRE));
    return bytes + Buffer.byteLength(REQUIRE);
  } finally {
    closeSync(descriptor);
  }
}

const REQUIRE = "const require=process.getBuiltinModule('node:module').createRequire(import.meta.url);\n";

async function bundle(definitions: readonly FunctionDefinition[], directory: string): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: definitions.map(({ name, entry }) => ({ in: entry, out: `${name}/index` })),
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // The ESM builds of packages that also have a CommonJS one: 200 kB less a function.
    mainFields: ['module', 'main'],
    charset: 'utf8',
    legalComments: 'none',
    // A font is part of its bundle: a function reads no file beside itself.
    loader: { '.ttf': 'binary' },
    sourcemap: false,
    logLevel: 'warning',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    plugins: [builtinsWithoutImport, textOfFiles],
  });
}

/** `import text from 'package/file?raw'`, as Vite has it: a file is part of its bundle, as a text. */
const textOfFiles: Plugin = {
  name: 'text-of-files',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /\?raw$/ }, async ({ path, resolveDir, kind, importer }) => {
      const found = await resolve(path.replace(/\?raw$/, ''), { resolveDir, kind, importer });
      return { path: found.path, namespace: 'text', errors: found.errors };
    });
    onLoad({ filter: /.*/, namespace: 'text' }, ({ path }) => ({
      contents: readFileSync(path, 'utf8'),
      loader: 'text',
    }));
  },
};

/** ESM imports of `node:http` and the like cost a cold start tens of milliseconds; `process.getBuiltinModule` does not. */
const builtinsWithoutImport: Plugin = {
  name: 'builtins-without-import',
  setup({ onResolve, onLoad }) {
    const builtins = new Set(builtinModules);
    onResolve({ filter: /^(node:)?[a-z_0-9/]+$/ }, ({ path }) => {
      const name = path.replace(/^node:/, '');
      return builtins.has(name) ? { path: name, namespace: 'builtin' } : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(`node:${path}`)});`,
      loader: 'js',
    }));
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bundles = await buildFunctions();
  for (const { name, bytes } of [...bundles].sort((a, b) => b.bytes - a.bytes)) {
    console.log(`${kilobytes(bytes)} kB  ${name}`);
  }
  console.log(`${bundles.length} functions in ${relative(process.cwd(), FUNCTIONS_DIRECTORY) || FUNCTIONS_DIRECTORY}`);
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1).padStart(7);
}
