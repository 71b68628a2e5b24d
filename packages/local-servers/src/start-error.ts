/** Servers could not be started; the message is one line for the person at the terminal. */
export class StartError extends Error {
  override name = 'StartError';
}
