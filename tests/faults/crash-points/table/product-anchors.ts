import type { Anchor } from './anchor.ts';

const ADMINISTER = 'services/product/src/usecases/administer-products.ts';
const CHANGE_STOCK = 'services/product/src/usecases/change-stock.ts';
const CHANGE_PRODUCT = 'services/product/src/usecases/change-product.ts';

const of =
  (flow: string, file: string) =>
  (step: string, place: Anchor['place'], text: string): Anchor => ({
    step,
    file,
    text,
    place,
    of: flow,
    detail: 'productId',
  });

const stock = of('products.stock', CHANGE_STOCK);
const change = of('products.change', CHANGE_PRODUCT);

/** The code around every admin's change that is answered under a key. */
const keyed = (step: string, place: Anchor['place'], text: string): Anchor => ({
  step,
  file: ADMINISTER,
  text,
  place,
  of: { by: 'transaction', expression: 'route' },
});

/** The steps of an admin's changes of a product. */
export const productAnchors: readonly Anchor[] = [
  keyed('received', 'before', 'const answer = await idempotent({'),
  stock('product locked', 'after', 'const locked = await lockProducts(tx, [productId]);'),
  stock('stock moved', 'before', 'const changeId = ids.next();'),
  stock('change noted', 'before', 'const after = await findProduct(tx, productId);'),
  stock('outbox written', 'before', 'return { status: 200, body: toProduct(after), reference: changeId };'),
  keyed('caches told', 'after', 'if (!answer.replayed) await settled(product.parse(answer.body));'),
  change('received', 'before', "const { value } = await database.transaction('products.change'"),
  change('product changed', 'before', 'await writeOutbox('),
  change('outbox written', 'before', 'return toProduct(after);'),
  of('products.change', ADMINISTER)('caches told', 'after', 'await settled(changed);'),
];
