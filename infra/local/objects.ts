import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { AwsError } from './aws-error.ts';
import type { Model } from './model.ts';

/** Amazon S3: at most 1,024 bytes a key; the SDK parts larger bodies than this host takes in one put. */
const MAX_KEY_BYTES = 1024;
const MAX_LIST = 1000;
const META = '.metadata';

export type ObjectRequest = {
  readonly method: string;
  /** `/bucket/key`, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
};
export type ObjectResponse = { status: number; headers?: Record<string, string>; body?: Buffer | string };
type Metadata = { contentType: string; etag: string; user: Record<string, string> };

/** S3 as files: `<directory>/<bucket>/<key>`; put (also If-None-Match), get, head, delete and list version 2. */
export function makeObjects(model: Model, directory: string): (request: ObjectRequest) => ObjectResponse {
  const buckets = new Set(model.ofType('AWS::S3::Bucket').map((bucket) => bucket.name));
  return (request) => {
    const [, bucket = '', ...rest] = request.path.split('/').map(decodeURIComponent);
    if (!buckets.has(bucket)) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    const root = resolve(directory, bucket);
    const key = rest.join('/');
    if (key === '') {
      if (request.method === 'GET') return list(root, bucket, request.query);
      throw new AwsError('NotImplemented', `${request.method} on a bucket is not known to the local host`, 501);
    }
    const file = fileOf(root, key);
    switch (request.method) {
      case 'PUT':
        return put(file, root, request);
      case 'GET':
      case 'HEAD':
        return get(file, root, request.method === 'HEAD');
      case 'DELETE':
        rmSync(file, { force: true });
        return { status: 204 };
      default:
        throw new AwsError('NotImplemented', `${request.method} is not known to the local host`, 501);
    }
  };
}

function fileOf(root: string, key: string): string {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new AwsError('KeyTooLongError', 'Your key is too long');
  // A key may hold anything; a file path may not leave its bucket, nor meet the host's own files.
  const segments = key
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E')));
  if (segments.includes('') || segments[0] === META)
    throw new AwsError('InvalidArgument', `The key ${key} cannot be a file.`);
  const file = resolve(root, ...segments);
  if (!file.startsWith(root + sep)) throw new AwsError('InvalidArgument', `The key ${key} leaves its bucket.`);
  return file;
}

function metadataFile(root: string, file: string): string {
  return join(root, META, `${createHash('sha256').update(file.slice(root.length)).digest('hex')}.json`);
}

function put(file: string, root: string, request: ObjectRequest): ObjectResponse {
  if (request.headers['if-none-match'] === '*' && isFile(file)) {
    throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  }
  const body = request.headers['x-amz-decoded-content-length'] ? fromChunks(request.body) : request.body;
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  const user = Object.entries(request.headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  const contentType = request.headers['content-type'] ?? 'application/octet-stream';
  writeWhole(metadataFile(root, file), JSON.stringify({ contentType, etag, user: Object.fromEntries(user) }));
  writeWhole(file, body);
  return { status: 200, headers: { etag } };
}

/** Readers see the old content or the new, also when the process is killed between. */
function writeWhole(file: string, content: Buffer | string): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}.part`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}

function get(file: string, root: string, headOnly: boolean): ObjectResponse {
  if (!isFile(file)) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  const metadata = JSON.parse(readFileSync(metadataFile(root, file), 'utf8')) as Metadata;
  const { size, mtime } = statSync(file);
  const headers = {
    'content-type': metadata.contentType,
    'content-length': String(size),
    'last-modified': mtime.toUTCString(),
    etag: metadata.etag,
    ...metadata.user,
  };
  return { status: 200, headers, ...(headOnly ? {} : { body: readFileSync(file) }) };
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

function list(root: string, bucket: string, query: URLSearchParams): ObjectResponse {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
  const limit = Math.min(Number(query.get('max-keys') ?? MAX_LIST), MAX_LIST);
  const keys = (
    statSync(root, { throwIfNoEntry: false }) ? readdirSync(root, { recursive: true, withFileTypes: true }) : []
  )
    .filter(
      (entry) => entry.isFile() && !entry.name.endsWith('.part') && !entry.parentPath.startsWith(join(root, META)),
    )
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .split(sep)
        .map(decodeURIComponent)
        .join('/'),
    )
    .filter((key) => key.startsWith(prefix) && key > after)
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const page = keys.slice(0, limit);
  const contents = page.map((key) => {
    const { size, mtime } = statSync(fileOf(root, key));
    return `<Contents><Key>${escapeXml(key)}</Key><LastModified>${mtime.toISOString()}</LastModified><Size>${size}</Size></Contents>`;
  });
  const more = keys.length > page.length;
  const token = more ? `<NextContinuationToken>${escapeXml(page.at(-1) ?? '')}</NextContinuationToken>` : '';
  const body = `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>${bucket}</Name><Prefix>${escapeXml(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${limit}</MaxKeys><IsTruncated>${more}</IsTruncated>${token}${contents.join('')}</ListBucketResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

/** Content of an `aws-chunked` body (Signature Version 4, streaming uploads): size in hex, data, then trailers. */
function fromChunks(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    if (lineEnd < 0 || !(size > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}

export function escapeXml(text: string): string {
  const names: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[<>&"']/g, (character) => names[character] ?? character);
}
