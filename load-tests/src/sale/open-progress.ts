import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  step(): void;
  /** What is shown beside the bar. */
  show(counts: { ok: number; refused: number; unknown: number }): void;
  end(): void;
}

/** A bar on a terminal; a line every few seconds elsewhere. */
export function openProgress(total: number): Progress {
  const bar = new SingleBar(
    {
      format: '  {bar} {value}/{total}  {duration} s  ok {ok}  refused {refused}  unknown {unknown}',
      hideCursor: true,
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
