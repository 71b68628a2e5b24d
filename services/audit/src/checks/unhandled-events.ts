/** Order events (`e`) in the outbox that the consumer :statistics has not handled; of :completed and :cancelled. */
export const unhandledEvents = `
  outbox e LEFT JOIN inbox handled ON handled.consumer = :statistics AND handled.event_id = e.event_id
   WHERE e.type IN (:completed, :cancelled) AND handled.event_id IS NULL`;
