/** Counts what is being worked on, says when there is room, and tells when all of it has ended. */
export interface InFlightLimit {
  /** Takes a place, or answers undefined when all are taken. The place is given back by calling what is returned. */
  enter(): (() => void) | undefined;
  readonly size: number;
  /** Resolves when nothing is in flight. */
  idle(): Promise<void>;
}

/** A limit of `max` at once; nothing waits, what finds no place is refused. */
export function createInFlightLimit(max: number): InFlightLimit {
  let size = 0;
  let waiting: (() => void)[] = [];
  const leave = () => {
    size -= 1;
    if (size > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  return {
    enter() {
      if (size >= max) return undefined;
      size += 1;
      return leave;
    },
    get size() {
      return size;
    },
    idle: () => (size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
