/** What is to go wrong with deliveries. */
export interface FaultSettings {
  /** `lie` says that it stored an event and did not; `hang` never answers. */
  readonly mode: 'none' | 'slow' | 'fail' | 'hang' | 'lie';
  /** Of `slow`. */
  readonly delayMs: number;
  /** Of `fail`. */
  readonly status: number;
  /** Which share of the deliveries is hit, from 0 to 1. */
  readonly share: number;
  /** Whether it goes wrong before the event is stored, or when it has been and its sender does not know. */
  readonly after: 'before' | 'storing';
  /** Hits the events of this order alone. */
  readonly only?: string | undefined;
}

/** The faults of one instance; they are forgotten when it stops. */
export interface Faults {
  current(): FaultSettings;
  set(settings: FaultSettings): FaultSettings;
  /** The fault that hits this delivery, if one does. */
  hitting(orderId: string): FaultSettings | undefined;
}

const none: FaultSettings = { mode: 'none', delayMs: 0, status: 503, share: 1, after: 'before' };

/** `random` decides who is of the share. */
export function createFaults(random: () => number): Faults {
  let settings = none;
  return {
    current: () => settings,
    set(next) {
      settings = next;
      return settings;
    },
    hitting(orderId) {
      const { mode, only, share } = settings;
      if (mode === 'none' || (only !== undefined && only !== orderId)) return undefined;
      return random() < share ? settings : undefined;
    },
  };
}
