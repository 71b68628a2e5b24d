/**
 * kafkajs's own defaults take more than half a minute to leave a broker that died. These are for seconds: whoever uses
 * the client tries again anyway. docs/decisions/0011-kafka-client.md says what they were measured against.
 */
export const clientTuning = {
  connectionTimeout: 2000,
  authenticationTimeout: 3000,
  /** A broker that hangs is left after this; above what acknowledgements may take. */
  requestTimeout: 10_000,
  retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 5 },
} as const;

/** How long the in-sync replicas may take to acknowledge; below the client's request time-out. */
export const acknowledgeWithinMs = 8000;

/** Brokers that came and went are known after this at the latest; kafkajs's own value is five minutes. */
const metadataMaxAgeMs = 30_000;

/** How often a consumer at work, or in a pause, tells its coordinator that it lives. */
export const heartbeatEveryMs = 1000;

/**
 * A consumer without any heartbeat for so long is begun anew, since kafkajs may have fallen silent; above the time that
 * a rebalance may take, in which there are none.
 */
export const longestSilenceMs = 60_000;

export const consumerTuning = {
  allowAutoTopicCreation: false,
  metadataMaxAge: metadataMaxAgeMs,
  /**
   * The least a broker allows by default: when the coordinator dies, the consumer comes back as a new member, and waits
   * until the old one has been silent for this long.
   */
  sessionTimeout: 6000,
  /** Work in hand ends with the first heartbeat after a rebalance has begun, far below this. */
  rebalanceTimeout: 15_000,
  heartbeatInterval: heartbeatEveryMs,
  maxWaitTimeInMs: 500,
} as const;

/**
 * Eight seconds, a little more than brokers need to choose new leaders. kafkajs asks for a new coordinator only after
 * it has given up; then whoever runs the job makes the consumer anew.
 */
export const consumerRetry = { initialRetryTime: 100, maxRetryTime: 1000, retries: 10 } as const;
