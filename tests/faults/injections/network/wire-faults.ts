import { awaitWhole } from '../../campaign/await-whole.ts';
import type { Evidence } from '../../campaign/fault.ts';
import type { Stage } from '../../campaign/stage.ts';
import { drawMs, drawOne } from '../draw.ts';
import { hold } from '../hold.ts';
import type { Injection } from '../injection.ts';
import type { Wire, Wires } from './wires.ts';

type Ends = (wires: Wires, random: () => number) => readonly Wire[];

const ends: Readonly<Record<string, Ends>> = {
  'primary wire': ({ mysqlPrimary }) => [mysqlPrimary],
  'replica wire': ({ mysqlReplica }) => [mysqlReplica],
  'redis wire': ({ redis }) => [redis],
  'data platform wire': ({ dataPlatform }) => [dataPlatform],
  'one broker wire': ({ brokers }, random) => [drawOne(random, brokers)].filter((wire) => wire !== undefined),
  'all broker wires': ({ brokers }) => brokers,
};

/** Each wire, and those to all brokers, frozen, cut and slow. */
export const wireFaults: readonly Injection[] = Object.entries(ends).flatMap(([what, of]) => [
  injection(`${what} frozen`, of, frozen),
  injection(`${what} cut`, of, cutAgainAndAgain),
  injection(`${what} slow`, of, slow),
]);

type Break = (wires: readonly Wire[], random: () => number, signal: AbortSignal) => Promise<Evidence>;

function injection(name: string, of: Ends, breakThem: Break): Injection {
  return {
    name,
    touches: [name.includes('broker') ? 'broker wires' : name.slice(0, name.lastIndexOf(' '))],
    takesMs: 40_000,
    async inject({ wires, random, platform }: Stage, signal) {
      const evidence = await breakThem(of(wires, random), random, signal);
      await awaitWhole(platform);
      return evidence;
    },
  };
}

const sum = (wires: readonly Wire[], of: (wire: Wire) => number): number =>
  wires.reduce((total, wire) => total + of(wire), 0);

async function frozen(wires: readonly Wire[], random: () => number, signal: AbortSignal): Promise<Evidence> {
  const holdMs = drawMs(random, 5_000, 10_000);
  const before = sum(wires, ({ heldBack }) => heldBack);
  for (const wire of wires) wire.freeze();
  await hold(holdMs, signal);
  const waiting = sum(wires, ({ heldBack }) => heldBack) - before;
  for (const wire of wires) wire.thaw();
  return { happened: waiting > 0, what: `${waiting} things waited in it, frozen for ${holdMs} ms` };
}

const slowByMs = 50;

async function slow(wires: readonly Wire[], random: () => number, signal: AbortSignal): Promise<Evidence> {
  const holdMs = drawMs(random, 5_000, 10_000);
  const before = sum(wires, ({ heldBack }) => heldBack);
  for (const wire of wires) wire.slow(slowByMs);
  await hold(holdMs, signal);
  const late = sum(wires, ({ heldBack }) => heldBack) - before;
  for (const wire of wires) wire.slow(0);
  return { happened: late > 0, what: `${late} chunks came ${slowByMs} ms late, in ${holdMs} ms` };
}

const cuts = 3;

async function cutAgainAndAgain(wires: readonly Wire[], random: () => number, signal: AbortSignal): Promise<Evidence> {
  let ended = 0;
  for (let times = 0; times < cuts; times += 1) {
    await hold(drawMs(random, 200, 1_500), signal);
    ended += sum(wires, (wire) => wire.cut());
  }
  return { happened: ended > 0, what: `${ended} connections reset, in ${cuts} cuts` };
}
