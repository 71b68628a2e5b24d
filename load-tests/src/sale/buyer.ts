/** Who asks, and the token that proves it. */
export interface Buyer {
  readonly userId: string;
  readonly token: string;
}
