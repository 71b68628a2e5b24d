import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Admission, createAdmission, type Place } from './admission.ts';

const TARGET_MS = 2_000;
const LEAST = 16;
const MOST = 4_096;
const TICK_MS = 10;
/** What an answer takes when nobody else asks. */
const ALONE_MS = 200;

/** Time that passes when the test says so. */
function testClock() {
  let ms = 1_000_000;
  return {
    now: () => ms,
    pass(by: number) {
      ms += by;
    },
  };
}

function admissionOn(clock: { now(): number }): Admission {
  return createAdmission({ least: LEAST, most: MOST, targetMs: TARGET_MS, now: clock.now });
}

interface Load {
  /** Seconds. */
  lasts: number;
  /** New requests a second. */
  asked: number;
  /** Requests a second that the service answers at most. */
  served: number;
}

/** A service that answers in the order of arrival, and those who want it; whoever is refused comes again when told to. */
function simulate() {
  const clock = testClock();
  const admission = admissionOn(clock);
  const queue: { place: Place; enteredAt: number }[] = [];
  const comeAgain = new Map<number, number>();
  let [arrivals, capacity] = [0, 0];

  return function play({ lasts, asked, served }: Load) {
    const seen = { answers: 0, refusals: 0, latestMs: 0 };
    const come = () => {
      const place = admission.enter();
      if (place) return void queue.push({ place, enteredAt: clock.now() });
      seen.refusals += 1;
      const at = clock.now() + admission.returnSeconds() * 1_000;
      comeAgain.set(at, (comeAgain.get(at) ?? 0) + 1);
    };
    for (let elapsed = 0; elapsed < lasts * 1_000; elapsed += TICK_MS) {
      clock.pass(TICK_MS);
      for (let left = comeAgain.get(clock.now()) ?? 0; left > 0; left--) come();
      comeAgain.delete(clock.now());
      for (arrivals += (asked * TICK_MS) / 1_000; arrivals >= 1; arrivals--) come();
      for (capacity += (served * TICK_MS) / 1_000; capacity >= 1; capacity--) {
        const tookMs = clock.now() - (queue[0]?.enteredAt ?? Number.POSITIVE_INFINITY);
        // Time in which there was nothing to do is not to be had later.
        if (tookMs < ALONE_MS) continue;
        seen.answers += 1;
        seen.latestMs = Math.max(seen.latestMs, tookMs);
        queue.shift()?.place.answered();
      }
    }
    return seen;
  };
}

describe('a service that is asked for more than it can do', () => {
  const served = fc.integer({ min: 20, max: 400 });
  const excess = fc.double({ min: 1.1, max: 10, noNaN: true });

  test('is soon given what it answers in time, and all its time is used', () => {
    fc.assert(
      fc.property(served, excess, (served, excess) => {
        const play = simulate();
        play({ lasts: 60, asked: served * excess, served });
        const { answers, latestMs } = play({ lasts: 30, asked: served * excess, served });
        expect(latestMs).toBeLessThan(2 * TARGET_MS);
        expect(answers).toBeGreaterThan(served * 30 * 0.98);
      }),
      { numRuns: 20 },
    );
  });

  test('has those who are refused come again at about the pace at which it answers', () => {
    const play = simulate();
    play({ lasts: 10, asked: 60, served: 45 });
    const { refusals, answers } = play({ lasts: 30, asked: 60, served: 45 });
    // 60 are new each second; those who come again are no more than are answered, until the last of them is told 15 s.
    expect(refusals / 30).toBeLessThan(60 + 45);
    expect(answers).toBeGreaterThan(45 * 30 * 0.98);
  });

  test('is trusted again when nobody has asked it anything for a while', () => {
    const play = simulate();
    play({ lasts: 60, asked: 60, served: 45 });
    // The last who were told to come again have done so.
    play({ lasts: 120, asked: 0, served: 45 });
    expect(play({ lasts: 1, asked: 3_000, served: 45 }).refusals).toBe(0);
  });

  test('takes everybody again when it is less', () => {
    const play = simulate();
    play({ lasts: 60, asked: 400, served: 40 });
    // Those who were told to come again do so meanwhile.
    play({ lasts: 900, asked: 5, served: 40 });
    expect(play({ lasts: 60, asked: 20, served: 40 }).refusals).toBe(0);
    expect(play({ lasts: 1, asked: 3_000, served: 40 }).refusals).toBe(0);
  });
});

test('a crowd that comes at once is let in: nothing has shown yet that it is too large', () => {
  const play = simulate();
  play({ lasts: 30, asked: 10, served: 1_000 });
  expect(play({ lasts: 1, asked: 3_000, served: 1_000 }).refusals).toBe(0);
});

test('a service with time to spare refuses nobody, however long', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), (asked) => {
      expect(simulate()({ lasts: 60, asked, served: asked * 1.2 + 10 }).refusals).toBe(0);
    }),
    { numRuns: 20 },
  );
});

describe('what is learned from', () => {
  /** Lets so many come, has each be told something after so long, and answers how many may come then. */
  function after(tookMs: number, tell: (place: Place) => void, times = 10): number {
    const clock = testClock();
    const admission = admissionOn(clock);
    const places = Array.from({ length: times }, () => admission.enter());
    clock.pass(tookMs);
    for (const place of places) if (place) tell(place);
    return admission.limit.max;
  }

  test('late answers, and those who left without one after as long', () => {
    expect(after(TARGET_MS + 1, (place) => place.answered())).toBe(LEAST);
    expect(after(TARGET_MS + 1, (place) => place.leave())).toBe(LEAST);
  });

  test('neither answers in time, nor who was refused elsewhere or hung up soon', () => {
    expect(after(TARGET_MS, (place) => place.answered())).toBe(MOST);
    expect(after(TARGET_MS, (place) => place.leave())).toBe(MOST);
  });

  test('not a few answers: one is slow now and then', () => {
    expect(after(TARGET_MS * 5, (place) => place.answered(), 7)).toBe(MOST);
  });

  test('not the time in which a client sends', () => {
    const clock = testClock();
    const admission = admissionOn(clock);
    const places = Array.from({ length: 10 }, () => admission.enter());
    for (const place of places) place?.upload.begun();
    clock.pass(TARGET_MS * 5);
    for (const place of places) place?.upload.ended();
    clock.pass(TARGET_MS / 2);
    for (const place of places) place?.answered();
    expect(admission.limit.max).toBe(MOST);
  });

  test('a place is given back once', () => {
    const admission = admissionOn(testClock());
    const place = admission.enter();
    admission.enter();
    place?.answered();
    place?.leave();
    expect(admission.limit.inFlight).toBe(1);
  });
});

describe('who is refused', () => {
  test('is told a time between one second and fifteen, later the more were refused before', () => {
    const clock = testClock();
    const admission = admissionOn(clock);
    const spacing = TARGET_MS / MOST;
    const told = Array.from({ length: 40_000 / spacing }, () => admission.returnSeconds());
    expect(told[0]).toBe(1);
    expect(told.at(-1)).toBe(15);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    clock.pass(60_000);
    expect(admission.returnSeconds()).toBe(1);
  });
});
