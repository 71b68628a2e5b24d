import { duplicates } from './duplicates/duplicates.ts';
import { events } from './events.ts';
import { frozen } from './frozen/frozen.ts';
import { lockHolder } from './lock-holder/lock-holder.ts';
import { primaryLost } from './primary-lost/primary-lost.ts';
import type { Trial } from './trial.ts';

/** Every trial, in the order in which they are told of. */
export const trials: readonly Trial[] = [lockHolder, duplicates, frozen, primaryLost, events];
