/** Where the scenario of the drop is kept. */
export const dropFile = new URL('../scenarios/drop.json', import.meta.url);

/** Changed only on purpose: with it every figure of the sale. */
export const DROP_SEED = 20_261_121;
