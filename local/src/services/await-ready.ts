import { waitUntil } from '@onsale/local-servers/processes';

interface Readiness {
  readonly managementUrl: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Waits until /readyz says yes; rejects with what it said last when it does not in time. */
export async function awaitReady(name: string, { managementUrl, timeoutMs, signal }: Readiness): Promise<void> {
  await waitUntil(
    name,
    async () => {
      const answer = await fetch(`${managementUrl}/readyz`, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(2_000)]),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`/readyz ${answer.status} ${text.slice(0, 500)}`);
    },
    { timeoutMs, signal },
  );
}
