import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  step(): void;
  /** What is shown beside the bar. */
  show(counts: { ok: number; refused: number; unknown: number }): void;
  end(): void;
}

export interface ProgressOptions {
  /** Whether Ctrl-C ends the process here and now; false where something is to be taken away first. */
  readonly endsOnSignal: boolean;
}

/** A bar on a terminal; a line every few seconds elsewhere. */
export function openProgress(total: number, { endsOnSignal }: ProgressOptions = { endsOnSignal: true }): Progress {
  const bar = new SingleBar(
    {
      format: '  {bar} {value}/{total}  {duration} s  ok {ok}  refused {refused}  unknown {unknown}',
      hideCursor: true,
      gracefulExit: endsOnSignal,
      noTTYOutput: true,
      notTTYSchedule: 5_000,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0, { ok: 0, refused: 0, unknown: 0 });
  return {
    step: () => bar.increment(),
    show: (counts) => bar.update({ ...counts }),
    end: () => bar.stop(),
  };
}
