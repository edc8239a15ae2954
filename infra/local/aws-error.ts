/** An error as an AWS service answers it: `code` is its documented name, `status` its HTTP status. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
  }
}

/** One operation of a JSON service: input as parsed, output as it will be serialised. */
export type Operations = Readonly<Record<string, (input: Record<string, unknown>) => unknown>>;

/** Size as AWS counts it: UTF-8 bytes. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
