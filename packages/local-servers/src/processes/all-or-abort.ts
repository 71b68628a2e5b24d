/**
 * Waits for all, also when one of them fails: the first failure is told at once, so that the others can be cut short,
 * and nothing is still going on when this rejects.
 */
export async function allOrAbort<T extends readonly unknown[] | []>(
  starts: T,
  giveUp: (reason: unknown) => void,
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> {
  const watched = starts.map(async (start) => {
    try {
      await start;
    } catch (reason) {
      giveUp(reason);
    }
  });
  await Promise.all(watched);
  return Promise.all(starts);
}
