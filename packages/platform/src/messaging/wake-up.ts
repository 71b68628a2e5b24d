/** A wait that can be cut short from elsewhere. */
export interface WakeUp {
  wake(): void;
  /** Resolves after so many milliseconds, or when woken, or when the signal aborts; a wake before the wait counts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export function createWakeUp(): WakeUp {
  let woken = false;
  let end: (() => void) | undefined;
  return {
    wake() {
      woken = true;
      end?.();
    },
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          end = undefined;
          woken = false;
          resolve();
        };
        const timer = setTimeout(done, ms);
        signal.addEventListener('abort', done);
        end = done;
        if (woken || signal.aborted) done();
      }),
  };
}
