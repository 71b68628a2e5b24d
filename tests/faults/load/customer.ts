/** Who asks: a buyer, or the admin, with a token that is theirs. */
export interface Customer {
  /** Number of the seeded user; 0 is the admin. */
  readonly number: number;
  readonly userId: string;
  readonly token: string;
}
