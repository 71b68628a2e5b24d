/** What the database holds of the effects that a key, or the answer given under it, names. */
export interface KeyState {
  /** The stored answer's reference; absent when no answer is stored under the key. */
  readonly reference?: string;
  /** The order that the reference, or else the client's answer, names. */
  readonly order?: OrderState;
  /** The charge that the reference, or else the client's answer, names. */
  readonly charge?: ChargeState;
  /** The change of stock that the reference names. */
  readonly stockChange?: StockChangeState;
}

export interface OrderState {
  readonly id: string;
  readonly userId: string;
  readonly status: string;
  readonly total: number;
  readonly items: readonly { readonly productId: string; readonly quantity: number; readonly unitPrice: number }[];
}

export interface ChargeState {
  readonly id: string;
  readonly userId: string;
  readonly amount: number;
  readonly balanceAfter: number;
}

export interface StockChangeState {
  readonly id: string;
  readonly productId: string;
  /** Pieces added, or taken away when negative. */
  readonly change: number;
}
