import { ProblemError } from './problem-error.ts';

/**
 * The result of `work`, or ProblemError 503 `timed-out` when it takes longer than `limitMs`; then `controller` aborts.
 * The work itself goes on: a write must not be cut in half.
 */
export function withinTimeLimit<T>(work: Promise<T>, limitMs: number, controller: AbortController): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const detail = `The request took longer than ${limitMs} ms; it may still take effect.`;
      const error = new ProblemError({ status: 503, code: 'timed-out', detail, retryAfterSeconds: 1 });
      controller.abort(error);
      reject(error);
    }, limitMs);
    // Work that never ends must not keep a process alive that has stopped serving.
    timer.unref();
    const settle = () => clearTimeout(timer);
    work.then(settle, settle);
    work.then(resolve, reject);
  });
}
