/** Why a command could not do what was asked, in one line for who asked. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
