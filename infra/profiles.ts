/**
 * Memory and time of a function, each with its reason. Lambda gives one full virtual CPU at 1,769 MB and a share below;
 * starting up runs at full speed whatever the memory.
 */
export type Profile = {
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
};

/** A customer waits: warm it answers from memory, cold it does one read. Three seconds is already a failure. */
export const REDIRECT: Profile = { memoryMb: 512, timeoutSeconds: 3 };

/** One person or backend waits; the SDK's retries end after about five seconds. */
export const REQUEST: Profile = { memoryMb: 512, timeoutSeconds: 10 };

/** Up to 100 items with their own writes: half a CPU. */
export const BATCH: Profile = { memoryMb: 1024, timeoutSeconds: 25 };

/** A person waits for a page that asks the API several times and is rendered and packed: half a CPU. The API's own limit is below. */
export const PAGES: Profile = { memoryMb: 1024, timeoutSeconds: 30 };

/** Reads many pages into one answer. HTTP APIs give up after 30 seconds. */
export const EXPORT: Profile = { memoryMb: 1024, timeoutSeconds: 29 };

/** As EXPORT, and lays out thousands of lines: one full CPU. */
export const PRINT: Profile = { memoryMb: 1769, timeoutSeconds: 29 };

/** Runs before every request, so its start-up and its signature check are what everyone waits for. */
export const AUTHORIZER: Profile = { memoryMb: 512, timeoutSeconds: 5 };

/** A step of a workflow or one event: a few reads and writes, retried from outside. */
export const TASK: Profile = { memoryMb: 512, timeoutSeconds: 60 };

/** As TASK, but it may record a fact of a period. */
export const FACT_TASK: Profile = { memoryMb: 512, timeoutSeconds: 25 };

/** Works through a shard or a whole run: one full CPU, and Lambda's longest time because work grows with the partners. */
export const COMPUTE: Profile = { memoryMb: 1769, timeoutSeconds: 900 };
