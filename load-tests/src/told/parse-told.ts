import { SaleError } from '../sale/sale-error.ts';
import { type Told, told } from './told.ts';

/** What a script told with a line of its log; undefined for a line of k6's own. @throws SaleError for one that is neither */
export function parseTold(line: string): Told | undefined {
  if (!line.startsWith('{"told":')) return undefined;
  try {
    return told.parse(JSON.parse(line));
  } catch (error) {
    throw new SaleError(`the script told what cannot be read: ${line.slice(0, 200)}`, { cause: error });
  }
}
