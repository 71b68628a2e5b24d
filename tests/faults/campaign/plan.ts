import { shuffle } from '../../../load-tests/src/scenario/shuffle.ts';
import { randomOf } from './seeds.ts';

/** A fault that a run is to have. */
export interface PlannedFault {
  readonly name: string;
  /** When it begins, in ms from the load's start; later if it must wait for another to end. */
  readonly atMs: number;
  /** Of all that it draws. */
  readonly seed: string;
}

export interface RunPlan {
  /** `7-3`: the campaign's seed, and which of its runs this is. It fixes the faults and the load. */
  readonly seed: string;
  readonly faults: readonly PlannedFault[];
}

export interface PlanRun {
  /** The campaign's seed. */
  readonly seed: string;
  /** Which run, from 0. */
  readonly run: number;
  /** Names of faults by their family: runs take from each family in turn. */
  readonly families: readonly (readonly string[])[];
  /** How many faults the run has. */
  readonly faults: number;
  /** How long the load lasts at least, in ms. */
  readonly loadMs: number;
}

/** The first fault leaves the load this long alone. */
const quietMs = 2_000;

/** The card at this place when a deck is dealt to its end, shuffled anew, dealt again, and so on. */
function cardAt(deck: readonly string[], place: number, seed: string): string | undefined {
  const round = Math.floor(place / deck.length);
  return shuffle(deck, randomOf(`${seed} round ${round}`))[place % deck.length];
}

/**
 * The faults of a run, spread over its load. Each family is a deck of cards that is dealt run by run, so that over the runs of
 * a campaign every fault has its turn; a run can be planned without those before it.
 */
export function planRun({ seed, run, families, faults, loadMs }: PlanRun): RunPlan {
  const decks = families.filter((family) => family.length > 0);
  const runSeed = `${seed}-${run}`;
  const random = randomOf(`${runSeed} times`);
  const slotMs = Math.max(0, loadMs - quietMs) / faults;
  const planned = Array.from({ length: decks.length === 0 ? 0 : faults }, (_, index) => {
    const dealt = run * faults + index;
    const family = dealt % decks.length;
    const name = cardAt(decks[family] ?? [], Math.floor(dealt / decks.length), `${seed} family ${family}`) ?? '';
    const atMs = Math.round(quietMs + slotMs * (index + random() / 2));
    return { name, atMs, seed: `${runSeed} ${index} ${name}` };
  });
  return { seed: runSeed, faults: planned };
}
