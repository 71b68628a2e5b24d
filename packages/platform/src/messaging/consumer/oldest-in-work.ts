import { Gauge, type Registry } from 'prom-client';

interface Work {
  readonly topic: string;
  readonly group: string;
}

/** How old the oldest event is that is being worked on; seen at each scrape, so that work that hangs is seen. */
export class OldestInWork extends Gauge<'topic' | 'group'> {
  readonly #idle: Work[] = [];
  readonly #since = new Map<object, Work & { readonly time: Date }>();

  constructor({ name, registers }: { readonly name: string; readonly registers: Registry[] }) {
    super({
      name,
      help: 'Age of the oldest event that a consumer is working on; 0 when it waits for events',
      labelNames: ['topic', 'group'],
      registers,
      collect: () => this.#measure(Date.now()),
    });
  }

  /** Has the gauge show 0 while nothing is worked on. */
  expect(work: Work): void {
    this.#idle.push(work);
  }

  /** Answers what to call when the event is no longer worked on. */
  begin(work: Work, { time }: { readonly time: Date }): () => void {
    const key = {};
    this.#since.set(key, { ...work, time });
    return () => void this.#since.delete(key);
  }

  #measure(now: number): void {
    this.reset();
    for (const { topic, group } of this.#idle) this.set({ topic, group }, 0);
    const oldest = new Map<string, Work & { readonly time: Date }>();
    for (const work of this.#since.values()) {
      const name = `${work.topic} ${work.group}`;
      const other = oldest.get(name);
      if (other === undefined || work.time < other.time) oldest.set(name, work);
    }
    for (const { topic, group, time } of oldest.values()) {
      this.set({ topic, group }, Math.max(0, (now - time.getTime()) / 1000));
    }
  }
}
