import { orderCancelled, orderCompleted } from '@onsale/contracts';

/** The topics that tell of orders, and the events' types. */
export const orderTopics = [orderCompleted.topic, orderCancelled.topic];
export const orderTypes = [orderCompleted.type, orderCancelled.type];

/** Counts what was sold: its group, and its name in the inbox. */
export const STATISTICS = 'bestseller';

/** The group that hands orders on to the data platform. */
export const SENDER = 'data-platform-sender';
