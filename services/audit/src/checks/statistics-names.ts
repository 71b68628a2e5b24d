import { orderCancelled, orderCompleted } from '@onsale/contracts';
import { STATISTICS } from '../outside/consumers.ts';

/** What statements about statistics are filled with. */
export const statisticsNames = {
  statistics: STATISTICS,
  completed: orderCompleted.type,
  cancelled: orderCancelled.type,
};
