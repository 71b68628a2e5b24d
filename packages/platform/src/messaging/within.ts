/**
 * The work's end, or a rejection after so many milliseconds or when the signal aborts, whichever is first. The work is
 * told by its own signal, which aborts at the end in any case.
 */
export async function within<T>(
  {
    timeoutMs,
    signal,
    timeoutError,
  }: { timeoutMs: number; signal?: AbortSignal | undefined; timeoutError: () => Error },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(timeoutError()), timeoutMs);
  const either = signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]);
  const cut = new Promise<never>((_, reject) => {
    either.addEventListener('abort', () => reject(either.reason), { once: true });
  });
  try {
    either.throwIfAborted();
    return await Promise.race([work(either), cut]);
  } finally {
    clearTimeout(timer);
    limit.abort();
  }
}
