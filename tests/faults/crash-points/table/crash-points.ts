import { anchors } from './anchors.ts';
import type { Flow } from './flow.ts';
import { flows } from './flows.ts';

/** A named place at which a service can be made to end or to stop. */
export interface CrashPoint {
  /** Flow and step: `orders.place: before COMMIT`. */
  readonly name: string;
  readonly flow: string;
  readonly step: string;
  /** What the flow is called where the step stands. */
  readonly subject: string;
  /** The services that get there; of several, whichever leads. */
  readonly services: readonly string[];
  /** Whether others wait for what is held there: a lock, or rows. */
  readonly holds: boolean;
}

/** Every point of every flow, in the order of its steps. Loading throws when a step stands nowhere, or at two places. */
export const crashPoints: readonly CrashPoint[] = flows.flatMap((flow) =>
  flow.steps.map((step, place) => ({
    name: `${flow.name}: ${step}`,
    flow: flow.name,
    step,
    subject: subjectAt(flow, step),
    services: flow.services,
    holds: isHolding(flow, place),
  })),
);

function subjectAt(flow: Flow, step: string): string {
  const there = anchors.filter((anchor) => anchor.step === step);
  const own = there.flatMap(({ of }) => (of === flow.name ? [flow.name] : []));
  const shared = there.flatMap(({ of }) => (typeof of === 'string' ? [] : (flow.known?.[of.by] ?? [])));
  const [subject, ...more] = own.length > 0 ? own : shared;
  if (subject === undefined || more.length > 0) {
    throw new Error(`${flow.name}: ${step} stands at ${subject === undefined ? 0 : 1 + more.length} places`);
  }
  return subject;
}

function isHolding({ name, steps, holding }: Flow, place: number): boolean {
  if (holding === undefined) return false;
  const [first, last] = holding.map((step) => steps.indexOf(step));
  if (first === undefined || last === undefined || first < 0 || last < first) {
    throw new Error(`${name} has no steps from ${holding.join(' to ')}`);
  }
  return place >= first && place <= last;
}
