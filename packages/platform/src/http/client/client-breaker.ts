import CircuitBreaker from 'opossum';
import { DomainError } from '../../domain-error.ts';
import type { Logger } from '../../telemetry/create-logger.ts';
import type { BreakerState, ClientMetrics } from './client-metrics.ts';
import { HttpRefusal } from './http-refusal.ts';

/** When the breaker leaves a server alone, and when it tries it again. */
export interface BreakerSettings {
  /** The share of calls, in percent, that must have failed for it to open; 50 unless given. */
  readonly errorPercentage?: number;
  /** So many calls at least in the window before it opens; 8 unless given. */
  readonly minimumCalls?: number;
  /** The rolling window that calls are counted in; 5 s unless given. */
  readonly windowMs?: number;
  /** How long it stays open before one call tries the server; 5 s unless given. */
  readonly resetMs?: number;
}

export interface ClientBreaker {
  /** Runs the work. @throws DomainError `circuit-open` without running it while the server is left alone */
  run<T>(work: () => Promise<T>): Promise<T>;
  stop(): void;
}

export interface ClientBreakerOptions {
  readonly client: string;
  readonly settings: BreakerSettings;
  readonly log: Logger;
  readonly metrics: ClientMetrics;
}

const gaugeOf: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 };

/** A breaker that opens by what is `unavailable` alone: a server that refuses is alive. */
export function createClientBreaker({ client, settings, log, metrics }: ClientBreakerOptions): ClientBreaker {
  const { errorPercentage = 50, minimumCalls = 8, windowMs = 5_000, resetMs = 5_000 } = settings;
  const breaker: CircuitBreaker<[() => Promise<void>], void> = new CircuitBreaker((run: () => Promise<void>) => run(), {
    timeout: false,
    errorThresholdPercentage: errorPercentage,
    volumeThreshold: minimumCalls,
    rollingCountTimeout: windowMs,
    resetTimeout: resetMs,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
    // What it answers true for counts as a success. A call that was cut short says nothing of the server: it must not
    // open the breaker, and as the one call that tries the server it must not close it either.
    errorFilter: (error: unknown) => error instanceof HttpRefusal || !(breaker.halfOpen || isOutage(error)),
  });
  const states: readonly BreakerState[] = ['closed', 'half-open', 'open'];
  metrics.state.set({ client }, gaugeOf.closed);
  for (const to of states) metrics.transitions.inc({ client, to }, 0);
  const note = (to: BreakerState) => {
    metrics.state.set({ client }, gaugeOf[to]);
    metrics.transitions.inc({ client, to });
    log[to === 'open' ? 'warn' : 'info']({ client, breaker: to }, `the circuit breaker is ${to}`);
  };
  breaker.on('open', () => note('open'));
  breaker.on('halfOpen', () => note('half-open'));
  breaker.on('close', () => note('closed'));

  return {
    async run<T>(work: () => Promise<T>): Promise<T> {
      let result: { readonly value: T } | undefined;
      try {
        await breaker.fire(async () => {
          result = { value: await work() };
        });
      } catch (error) {
        if (!(error instanceof Error && CircuitBreaker.isOurError(error))) throw error;
        throw new DomainError('unavailable', 'circuit-open', `${client} is left alone for a while after its failures`);
      }
      if (result === undefined) throw new Error('the circuit breaker answered without having called');
      return result.value;
    },
    stop: () => breaker.shutdown(),
  };
}

const isOutage = (error: unknown): boolean => error instanceof DomainError && error.kind === 'unavailable';
