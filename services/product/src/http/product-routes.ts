import { changeProductBody, changeStockBody, createProductBody, id, pageOf, product } from '@onsale/contracts';
import { type AnyRoute, decodeCursor, encodeCursor, ok, pageQuery, replay, route } from '@onsale/platform/http';
import { z } from 'zod';
import type { administerProducts } from '../usecases/administer-products.ts';
import type { getProduct } from '../usecases/get-product.ts';
import type { listProducts } from '../usecases/list-products.ts';

export interface ProductRoutes extends ReturnType<typeof administerProducts> {
  readonly listProducts: ReturnType<typeof listProducts>;
  readonly getProduct: ReturnType<typeof getProduct>;
}

const productParams = z.object({ id });
const productCursor = z.object({ after: id });

/** The routes of the product service. */
export const productRoutes = (products: ProductRoutes): AnyRoute[] => [
  route({
    method: 'get',
    path: '/api/products',
    tag: 'products',
    summary: 'The catalogue, up to 60 s old',
    access: 'anyone',
    query: z.object(pageQuery),
    responses: { 200: { description: 'A page of products', schema: pageOf(product) } },
    problems: [],
    handle: async ({ query: { limit, cursor } }) =>
      ok(
        await products.listProducts({
          limit,
          after: cursor === undefined ? '' : decodeCursor(productCursor, cursor).after,
          cursorOf: (after) => encodeCursor({ after }),
        }),
      ),
  }),
  route({
    method: 'get',
    path: '/api/products/:id',
    tag: 'products',
    summary: 'A product, up to 1 s old',
    access: 'anyone',
    params: productParams,
    responses: { 200: { description: 'The product', schema: product } },
    problems: ['product-not-found'],
    handle: async ({ params }) => ok(await products.getProduct(params.id)),
  }),
  route({
    method: 'post',
    path: '/api/admin/products',
    tag: 'products',
    summary: 'Create a product',
    access: 'admin',
    idempotencyKey: 'optional',
    body: createProductBody,
    responses: { 201: { description: 'The product', schema: product } },
    problems: ['request-in-progress', 'idempotency-key-reused'],
    handle: async ({ body, caller, idempotencyKey }) =>
      replay(await products.createProduct(body, caller.userId, idempotencyKey)),
  }),
  route({
    method: 'patch',
    path: '/api/admin/products/:id',
    tag: 'products',
    summary: "Change a product's names or price",
    access: 'admin',
    params: productParams,
    body: changeProductBody,
    responses: { 200: { description: 'The product', schema: product } },
    problems: ['product-not-found'],
    handle: async ({ params, body }) => ok(await products.changeProduct(params.id, body)),
  }),
  route({
    method: 'post',
    path: '/api/admin/products/:id/stock',
    tag: 'products',
    summary: 'Add pieces to the stock, or take unsold ones away',
    access: 'admin',
    idempotencyKey: 'required',
    params: productParams,
    body: changeStockBody,
    responses: { 200: { description: 'The product', schema: product } },
    problems: ['product-not-found', 'stock-too-low', 'request-in-progress', 'idempotency-key-reused'],
    handle: async ({ params, body, caller, idempotencyKey }) =>
      replay(await products.changeStock({ productId: params.id, change: body.change }, caller.userId, idempotencyKey)),
  }),
];
