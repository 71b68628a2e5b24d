import { describe, expect, test } from '@jest/globals';
import type { Activity } from './activity.ts';
import { awaitRest } from './await-rest.ts';

/** A shop whose activity is told by the time that passed, on a clock that only a pause moves. */
function watching(at: (ms: number) => Partial<Activity>, waitMs: number) {
  let time = 0;
  const rest = awaitRest({
    look: async () => ({ lastEvent: '1', unsentEvents: 0, users: 1, lag: { messages: 0 }, ...at(time) }),
    waitMs,
    stillMs: 100,
    now: () => time,
    pause: async (ms) => {
      time += ms;
    },
  });
  return rest.then(({ quiet, activity }) => ({ quiet, unsent: activity.unsentEvents, waited: time }));
}

describe('awaitRest', () => {
  test('takes one still span when nothing moves', async () => {
    expect(await watching(() => ({}), 5_000)).toEqual({ quiet: true, unsent: 0, waited: 100 });
  });

  test('waits until the outbox is drained and a still span has passed since', async () => {
    const drain = (ms: number) => ({ unsentEvents: ms < 400 ? 3 : 0 });
    expect(await watching(drain, 5_000)).toEqual({ quiet: true, unsent: 0, waited: 500 });
  });

  test('starts its span anew with every change', async () => {
    const busyUntil = (ms: number) => ({ lastEvent: String(Math.min(ms, 300)) });
    expect(await watching(busyUntil, 5_000)).toEqual({ quiet: true, unsent: 0, waited: 400 });
  });

  test('is at rest with events unsent when they are still unsent at the end', async () => {
    expect(await watching(() => ({ unsentEvents: 2 }), 1_000)).toEqual({ quiet: true, unsent: 2, waited: 1_000 });
    expect(await watching(() => ({ unsentEvents: 2 }), 0)).toEqual({ quiet: true, unsent: 2, waited: 100 });
  });

  test('waits until the consumers have caught up and a still span has passed since', async () => {
    const catchUp = (ms: number) => ({ lag: { messages: Math.max(0, 400 - ms) } });
    expect(await watching(catchUp, 5_000)).toEqual({ quiet: true, unsent: 0, waited: 500 });
  });

  test('is at rest with consumers behind when they still are at the end', async () => {
    expect(await watching(() => ({ lag: { messages: 7 } }), 1_000)).toMatchObject({ quiet: true, waited: 1_000 });
  });

  test('is not at rest while nobody can say how far the consumers are', async () => {
    const away = { lag: { unknown: 'no broker answers' } };
    expect(await watching(() => away, 1_000)).toMatchObject({ quiet: false, waited: 1_100 });
    const back = (ms: number) => (ms < 400 ? away : {});
    expect(await watching(back, 5_000)).toMatchObject({ quiet: true, waited: 500 });
  });

  test('gives up, bounded, on a shop that never rests', async () => {
    expect(await watching((ms) => ({ lastEvent: String(ms) }), 1_000)).toMatchObject({ quiet: false, waited: 1_100 });
    expect(await watching((ms) => ({ users: ms }), 0)).toMatchObject({ quiet: false, waited: 100 });
  });
});
