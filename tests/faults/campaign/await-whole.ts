import type { Platform, ServiceProcess } from '@onsale/local';
import { until } from '@onsale/tests/support';

const withinMs = 60_000;
const answerWithinMs = 2_000;

async function isReady({ managementUrl }: ServiceProcess): Promise<boolean> {
  try {
    const answer = await fetch(`${managementUrl}/readyz`, { signal: AbortSignal.timeout(answerWithinMs) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

/** Resolves when every service says that it is ready. @throws Error naming one that does not in a minute */
export async function awaitWhole({ services }: Pick<Platform, 'services'>): Promise<void> {
  for (const service of Object.values(services).flat()) {
    await until(`${service.name} to be ready`, () => isReady(service), withinMs);
  }
}
