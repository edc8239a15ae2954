import { SingleBar } from 'cli-progress';

/** Without a terminal a line every so many per cent stands for the bar. */
const STEP_PERCENT = 25;

export type ProgressBar = { readonly update: (done: number) => void; readonly stop: () => void };

/** How far a long job is, in `what`: a bar on a terminal, else a line a quarter. */
export function progressBar(total: number, what: string): ProgressBar {
  if (!process.stdout.isTTY) {
    let next = STEP_PERCENT;
    return {
      update: (done) => {
        for (; (done / total) * 100 >= next; next += STEP_PERCENT) console.log(`  ${next} % of ${total} ${what} sent`);
      },
      stop: () => undefined,
    };
  }
  const bar = new SingleBar({ format: `  {bar} {value}/{total} ${what}` });
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}
