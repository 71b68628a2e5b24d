/**
 * Works on the items of each key one after the other, in their order, and on so many keys at once.
 * @throws the first rejection; items not begun by then are not worked on
 */
export async function runByKey<T>(
  items: readonly T[],
  options: {
    readonly keyOf: (item: T) => string;
    readonly keysAtOnce: number;
    readonly work: (item: T) => Promise<void>;
  },
): Promise<void> {
  const waiting = Map.groupBy(items, options.keyOf).values();
  let failed = false;
  const takeKeys = async () => {
    for (const ofKey of waiting) {
      for (const item of ofKey) {
        if (failed) return;
        await options.work(item);
      }
    }
  };
  const takers = Array.from({ length: options.keysAtOnce }, async () => {
    try {
      await takeKeys();
    } catch (error) {
      failed = true;
      throw error;
    }
  });
  await Promise.all(takers);
}
