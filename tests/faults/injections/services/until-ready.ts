import type { Platform, ServiceProcess } from '@onsale/local';
import { untilHealed } from '../heal.ts';

const answerWithinMs = 2_000;

/** Resolves when the service says that it is ready, whoever started it. @throws Error when it does not in time */
export const untilReady = (service: ServiceProcess): Promise<void> =>
  untilHealed(service.name, async () => {
    const answer = await fetch(`${service.managementUrl}/readyz`, { signal: AbortSignal.timeout(answerWithinMs) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`/readyz ${answer.status} ${text}`);
  });

export const untilAllReady = async ({ services }: Pick<Platform, 'services'>): Promise<void> => {
  await Promise.all(Object.values(services).flat().map(untilReady));
};
