import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** How long requests take and how many there are. */
export interface HttpMetrics {
  readonly duration: Histogram<'method' | 'route' | 'status'>;
  readonly shed: Counter;
}

/** Registers the HTTP metrics of one app; `inFlight` is asked whenever they are read. */
export function createHttpMetrics(registry: Registry, inFlight: () => number): HttpMetrics {
  const registers = [registry];
  new Gauge({
    name: 'http_requests_in_flight',
    help: 'Requests being worked on',
    registers,
    collect() {
      this.set(inFlight());
    },
  });
  return {
    duration: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'From the arrival of a request to the end of its answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    shed: new Counter({
      name: 'http_requests_shed_total',
      help: 'Requests refused because too many were in flight',
      registers,
    }),
  };
}
