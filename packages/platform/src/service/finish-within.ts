/** What became of work that was waited for. */
export type Finish<T> = { finished: true; value: T } | { finished: false };

/** Waits for work, but no longer than that; the work itself goes on. Rejects when the work does in time. */
export async function finishWithin<T>(work: Promise<T>, limitMs: number): Promise<Finish<T>> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<Finish<T>>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, limitMs), { finished: false });
  });
  try {
    return await Promise.race([work.then((value): Finish<T> => ({ finished: true, value })), over]);
  } finally {
    clearTimeout(timer);
  }
}
