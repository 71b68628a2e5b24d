import fc from 'fast-check';

/** What the fields of events may hold, for tests that want every value the schemas accept. */
const id = fc.stringMatching(/^[A-Za-z0-9._~-]{1,64}$/);
const amount = fc.maxSafeNat();
const version = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const date = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
const fraction = fc.constantFrom('', '.5', '.123', '.123456', '.123456789');
const instant = fc.tuple(date, fraction).map(([at, digits]) => at.toISOString().replace(/\.\d+/, digits));
const pricedItem = fc.record({ productId: id, quantity: fc.integer({ min: 1, max: 100 }), unitPrice: amount });
const items = fc.array(pricedItem, { minLength: 1, maxLength: 20 });
const entryKind = fc.constantFrom('charge' as const, 'order' as const, 'refund' as const);
const reason = fc.constantFrom(
  'created' as const,
  'changed' as const,
  'stock-changed' as const,
  'sold-out' as const,
  'available' as const,
);

export const balanceChangedData = fc.record({
  userId: id,
  balance: amount,
  version,
  entryId: id,
  kind: entryKind,
  amount: fc.maxSafeInteger(),
});

export const orderCancelledData = fc.record({
  orderId: id,
  userId: id,
  items,
  refunded: amount,
  completedAt: instant,
  cancelledAt: instant,
});

export const orderCompletedData = fc.record({
  orderId: id,
  userId: id,
  items,
  discount: amount,
  total: amount,
  completedAt: instant,
});

export const paymentSucceededData = fc.record({
  orderId: id,
  userId: id,
  method: fc.constant('points' as const),
  amount,
  paidAt: instant,
});

export const productChangedData = fc.record({ productId: id, version, available: fc.boolean(), reason });
