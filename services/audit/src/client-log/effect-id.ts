import { chargeAnswer, orderAnswer } from './answer-shapes.ts';
import type { KeyStory } from './key-story.ts';

/** The id of the order or entry that the client was told of; absent when it got no (proper) answer, or one that names none. */
export function effectIdOf({ kind, answer }: Pick<KeyStory, 'kind' | 'answer'>): string | undefined {
  switch (kind) {
    case 'charge':
      return chargeAnswer.safeParse(answer).data?.entryId;
    case 'order':
    case 'cancel':
      return orderAnswer.safeParse(answer).data?.id;
    case 'stock':
      return undefined;
  }
}
