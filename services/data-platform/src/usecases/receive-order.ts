import { setTimeout as pause } from 'node:timers/promises';
import { DomainError, ok, ProblemError, type Reply } from '@onsale/platform/http';
import type { FaultSettings, Faults } from '../domain/faults.ts';
import type { OrderEvent, Receipt } from '../domain/order-event.ts';
import type { Deliveries } from '../persistence/deliveries.ts';

export interface ReceiveOrderPorts {
  readonly deliveries: Pick<Deliveries, 'store'>;
  readonly faults: Pick<Faults, 'hitting'>;
}

/**
 * Takes an event in, once: 201 the first time, 200 ever after; and goes wrong as the faults ask.
 * @throws DomainError `event-id-reused` when another event had the id; ProblemError `fault` on request
 */
export const receiveOrder =
  ({ deliveries, faults }: ReceiveOrderPorts) =>
  async (event: OrderEvent, signal: AbortSignal): Promise<Reply> => {
    const body: Receipt = { eventId: event.id, orderId: event.data.orderId };
    const fault = faults.hitting(body.orderId);
    if (fault?.mode === 'lie') return { status: 201, body };
    if (fault?.after === 'before' && (await goWrong(fault, signal)) === 'for good') return unheard;
    const outcome = await deliveries.store(event);
    if (outcome === 'other') {
      throw new DomainError('conflict', 'event-id-reused', 'Another event was delivered with this id.');
    }
    if (fault?.after === 'storing' && (await goWrong(fault, signal)) === 'for good') return unheard;
    return outcome === 'stored' ? { status: 201, body } : ok(body);
  };

/** The reply to a client that has hung up. */
const unheard: Reply = { status: 503 };

async function goWrong({ mode, delayMs, status }: FaultSettings, signal: AbortSignal): Promise<'for good' | 'late'> {
  if (mode === 'fail') {
    throw new ProblemError({ status, code: 'fault', detail: 'It goes wrong, as was asked for by PUT /faults.' });
  }
  if (mode === 'slow') {
    await pause(delayMs, undefined, { signal }).catch(() => undefined);
    return 'late';
  }
  await new Promise<void>((over) => {
    if (signal.aborted) over();
    signal.addEventListener('abort', () => over(), { once: true });
  });
  return 'for good';
}
