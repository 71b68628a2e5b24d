/** Draws ranks from 0 to size - 1, the n-th 1/(n+1)^skew as often as the first: few are wanted by many. */
export function zipf(size: number, skew: number, random: () => number): () => number {
  const cumulative: number[] = [];
  let sum = 0;
  for (let rank = 0; rank < size; rank++) {
    sum += (rank + 1) ** -skew;
    cumulative.push(sum);
  }
  return () => {
    const drawn = random() * sum;
    const rank = cumulative.findIndex((upTo) => drawn < upTo);
    return rank === -1 ? size - 1 : rank;
  };
}
