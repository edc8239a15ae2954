import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import tabler from '@tabler/core/dist/css/tabler.min.css?raw';
import htmx from 'htmx.org/dist/htmx.min.js?raw';
import style from './console.css?raw';
import script from './console.js?raw';

/** Good for a text of half a megabyte in 20 ms; the best quality takes a second. */
const BROTLI_QUALITY = 5;
/** A year: another content has another name. */
const MAX_AGE_SECONDS = 31_536_000;

const CONTENTS = {
  'tabler.css': [tabler, 'text/css; charset=utf-8'],
  'console.css': [style, 'text/css; charset=utf-8'],
  'htmx.js': [htmx, 'text/javascript; charset=utf-8'],
  'console.js': [script, 'text/javascript; charset=utf-8'],
} as const;
export type AssetName = keyof typeof CONTENTS;

const named = Object.entries(CONTENTS).map(([name, [text, type]]) => {
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 12);
  return { name, path: `/console/assets/${hash}/${name}`, text, type };
});
const byPath = new Map(named.map((asset) => [asset.path, asset]));

/** The address of a style sheet or script, which changes with its content. */
export function assetPath(name: AssetName): string {
  return named.find((asset) => asset.name === name)?.path ?? '';
}

const compressed = new Map<string, Buffer>();

export type Encoding = 'br' | 'gzip' | 'identity';

/** What the browser takes, best first. API Gateway compresses nothing by itself. */
export function encodingFor(acceptEncoding: string | undefined): Encoding {
  if (/\bbr\b/.test(acceptEncoding ?? '')) return 'br';
  return /\bgzip\b/.test(acceptEncoding ?? '') ? 'gzip' : 'identity';
}

export function compress(text: string, encoding: Encoding): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  if (encoding === 'identity') return bytes;
  if (encoding === 'gzip') return gzipSync(bytes);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  };
  return brotliCompressSync(bytes, { params });
}

export type Asset = {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
};

/** `undefined` for an address that names no asset, or one of an older version. */
export function findAsset(path: string, acceptEncoding: string | undefined): Asset | undefined {
  const asset = byPath.get(path);
  if (!asset) return undefined;
  const encoding = encodingFor(acceptEncoding);
  const key = `${encoding} ${path}`;
  const bytes = compressed.get(key) ?? compress(asset.text, encoding);
  compressed.set(key, bytes);
  return {
    bytes,
    headers: {
      'content-type': asset.type,
      'cache-control': `public, max-age=${MAX_AGE_SECONDS}, immutable`,
      vary: 'Accept-Encoding',
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
      'x-content-type-options': 'nosniff',
    },
  };
}
