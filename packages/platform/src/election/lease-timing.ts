/** How often a lease is renewed and looked at. */
export interface LeaseTiming {
  /** How long others leave it alone after they have seen it renewed. */
  readonly leaseSeconds: number;
  /** When its holder stops leading, counted from when its last renewal was sent: well before others may take it. */
  readonly renewDeadlineMs: number;
  readonly renewEveryMs: number;
  /** After a renewal that failed. */
  readonly retryMs: number;
  /** After somebody else was quicker. */
  readonly conflictMs: number;
  /** How often those look that do not lead, give or take a quarter. */
  readonly lookEveryMs: number;
  readonly callTimeoutMs: number;
}

/** Three renewals may fail before the lead is given up, and five seconds are left before another may have it. */
export const leaseTiming: LeaseTiming = {
  leaseSeconds: 15,
  renewDeadlineMs: 10_000,
  renewEveryMs: 3_000,
  retryMs: 1_000,
  conflictMs: 200,
  lookEveryMs: 2_000,
  callTimeoutMs: 2_000,
};
