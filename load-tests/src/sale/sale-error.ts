/** The sale cannot be played; the message is one line for the person at the terminal. */
export class SaleError extends Error {
  override name = 'SaleError';
}
