// Offsets stay below it for longer than brokers live, and a few thousand partitions above it fit into a whole number.
const OFFSETS = 2 ** 41;

/** A message's place in its topic as one number: a million of them are kept at once. */
export const placeOf = (partition: number, offset: string): number => partition * OFFSETS + Number(offset);

/** Where the place is. */
export const whereIs = (place: number): { partition: number; offset: number } => ({
  partition: Math.floor(place / OFFSETS),
  offset: place % OFFSETS,
});
