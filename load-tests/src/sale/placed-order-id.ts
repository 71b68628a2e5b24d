import { field } from './field.ts';
import type { Heard } from './outcome.ts';

/** The id of the order that was answered, if one was placed. */
export function placedOrderId(heard: Heard | undefined): string | undefined {
  const id = heard?.outcome === 'ok' ? field(heard.response, 'id') : undefined;
  return typeof id === 'string' ? id : undefined;
}
