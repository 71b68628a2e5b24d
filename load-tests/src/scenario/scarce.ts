/** Stands in a basket for the product that is made for the run. */
export const SCARCE = 'scarce';
