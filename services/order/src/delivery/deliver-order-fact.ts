import { DomainError, type HttpClient, HttpRefusal } from '@onsale/platform/http';
import type { TypedEvent } from '@onsale/platform/messaging';
import { z } from 'zod';
import type { OrderFact } from './order-fact.ts';

/** What a server answers that does not take our key: no event is to blame. */
const keyRefused: ReadonlySet<number> = new Set([401, 403]);

/**
 * Delivers an event to the data platform, which knows a repeat by the event's id. The receipt must name the event and
 * the order: an answer about something else is no answer.
 * @throws DomainError of kind `unavailable` when it is to be tried until it succeeds; HttpRefusal when the event, or what
 * was answered to it, is at fault
 */
export const deliverOrderFact =
  (client: Pick<HttpClient, 'post'>) =>
  async (event: TypedEvent<OrderFact>, { signal }: { readonly signal: AbortSignal }): Promise<void> => {
    const { orderId } = event.data;
    const receipt = z.object({ eventId: z.literal(event.id), orderId: z.literal(orderId) });
    try {
      await client.post('/orders', cloudEventOf(event), receipt, { signal });
    } catch (error) {
      if (!(error instanceof HttpRefusal && keyRefused.has(error.status))) throw error;
      throw new DomainError('unavailable', 'key-refused', 'The data platform does not take our key.', { cause: error });
    }
  };

/** CloudEvents 1.0 in JSON. */
const cloudEventOf = ({ id, type, source, subject, time, data }: TypedEvent<OrderFact>) => ({
  specversion: '1.0',
  id,
  type,
  source,
  ...(subject !== undefined && { subject }),
  time: time.toISOString(),
  data: data.asReceived,
});
