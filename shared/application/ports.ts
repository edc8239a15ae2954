import type { EpochMs } from '#shared/domain/time/instant';

/** Ports that every service needs. A port of one service lives beside its use cases. */
export type Clock = () => EpochMs;

/** New ids, sortable by time. */
export type Ids = () => string;

/** Lower-case hex SHA-256 of a text or bytes. */
export type Digest = (content: string | Uint8Array) => string;

/** Structured log without bodies or personal data. */
export type Log = {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
};

/** A page of a list; `nextCursor` is opaque and absent on the last page. */
export type Page<T> = { readonly items: readonly T[]; readonly nextCursor?: string | undefined };
