import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

const schedule = RequestQueue.prototype.scheduleCheckPendingRequests;

/**
 * kafkajs 2.2.4 looks every millisecond whether requests are held back, from a connection's first answer to its end, and
 * after it when an answer comes late (its issues 1556, 1704 and 1751). With none held back there is nothing to look for:
 * whatever holds one back schedules the next look. docs/decisions/0011-kafka-client.md has what that costs.
 */
RequestQueue.prototype.scheduleCheckPendingRequests = function restWhenIdle(this: RequestQueue): void {
  if (this.pending.length > 0) schedule.call(this);
};
