import type { ServiceProcess } from '@onsale/local';
import { waitUntil } from '@onsale/local-servers/processes';

const READY_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 100;
const ANSWER_WITHIN_MS = 2_000;
/** Longer than the longest pause between two starts: nobody is going to start it again by himself. */
const DOWN_FOR_GOOD_MS = 8_000;

/**
 * Waits until the service says that it is ready. One that its supervisor has given up is started.
 * @throws Error when it is not ready within 30 s
 */
export async function awaitServing(service: ServiceProcess): Promise<void> {
  let downSince: number | undefined;
  const look = async (): Promise<void> => {
    if (service.pid === undefined) {
      downSince ??= performance.now();
      if (performance.now() - downSince < DOWN_FOR_GOOD_MS) throw new Error(`${service.name} is down`);
      await service.restart();
    }
    downSince = undefined;
    const answer = await fetch(`${service.managementUrl}/readyz`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    const said = await answer.text();
    if (!answer.ok) throw new Error(`${service.name} answered ${answer.status} ${said.slice(0, 200)}`);
  };
  await waitUntil(service.name, look, {
    timeoutMs: READY_WITHIN_MS,
    everyMs: LOOK_EVERY_MS,
    signal: new AbortController().signal,
  });
}
