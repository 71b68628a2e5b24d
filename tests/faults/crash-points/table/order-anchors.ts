import type { Anchor } from './anchor.ts';

const PLACE_ORDERS = 'services/order/src/usecases/place-orders.ts';
const PLACE_BATCH = 'services/order/src/usecases/place-batch.ts';
const INSERT_ORDERS = 'services/order/src/persistence/insert-orders.ts';

const anchor = (step: string, spot: Pick<Anchor, 'file' | 'place' | 'text' | 'detail'>): Anchor => ({
  ...spot,
  step,
  of: 'orders.place',
});

/** In the batch's own code its products are what it holds. */
const inBatch = (step: string, file: string, place: Anchor['place'], text: string): Anchor =>
  anchor(step, { file, place, text, detail: "productsOf(jobs).join(' ')" });

const inserting = (step: string, place: Anchor['place'], text: string): Anchor =>
  anchor(step, { file: INSERT_ORDERS, place, text, detail: "orders.map(({ id }) => id).join(' ')" });

/** The steps of a batch of orders. */
export const orderAnchors: readonly Anchor[] = [
  anchor('received', {
    file: 'services/order/src/usecases/place-order.ts',
    place: 'before',
    text: 'const request = { userId: body.userId, route: PLACE_ORDER',
    detail: 'key',
  }),
  inBatch('batch begun', PLACE_ORDERS, 'before', 'const gone = await ports.soldOut.among(productsOf(jobs));'),
  inBatch('flags read', PLACE_ORDERS, 'after', 'const gone = await ports.soldOut.among(productsOf(jobs));'),
  inBatch('keys looked up', PLACE_ORDERS, 'before', 'const toPlace = open();'),
  inBatch(
    'locks had',
    PLACE_ORDERS,
    'after',
    'async function place(ports: PlaceOrders, jobs: readonly OrderJob[]): Promise<OrderOutcome[]> {',
  ),
  inBatch('products locked', PLACE_BATCH, 'after', 'const products = await lockProducts(tx, productsOf(jobs));'),
  inBatch('accounts locked', PLACE_BATCH, 'before', 'const answers = await lockAnswers('),
  inBatch('keys locked', PLACE_BATCH, 'before', 'const now = clock.now();'),
  inBatch('decided', PLACE_BATCH, 'before', 'const stock = await moveStock('),
  inBatch('stock moved', PLACE_BATCH, 'before', 'await insertOrders(tx, granted);'),
  inserting('orders inserted', 'before', "await tx.change('INSERT INTO order_items"),
  inBatch('items inserted', PLACE_BATCH, 'after', 'await insertOrders(tx, granted);'),
  inBatch('points posted', PLACE_BATCH, 'before', 'await storeAnswers('),
  inBatch('answers stored', PLACE_BATCH, 'before', 'await writeOutbox('),
  inBatch('outbox written', PLACE_BATCH, 'before', 'const moved = new Map('),
  inBatch('relay woken', PLACE_ORDERS, 'after', 'if (batch.granted.length > 0) ports.onCommitted();'),
  inBatch('redis told', PLACE_ORDERS, 'after', 'ports.soldOut.note(batch.products),\n  ]);'),
  inBatch('unlocked', PLACE_ORDERS, 'after', 'const placed = await lockAndPlace(ports, toPlace);'),
];
