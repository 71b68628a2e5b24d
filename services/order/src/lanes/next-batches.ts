/** What is bounded of the batches that begin. */
export interface BatchLimits {
  readonly batches: number;
  readonly jobsEach: number;
  /** One job alone may want more. */
  readonly productsEach: number;
}

export interface NextBatches<Job> {
  /** No two want the same product; the jobs of each stand in order of arrival. */
  readonly batches: readonly (readonly Job[])[];
  /** Whoever comes now and wants one of these waits: they are busy, in one of the batches, or waited for. */
  readonly taken: Set<string>;
}

interface OpenBatch<Job> {
  readonly members: { readonly job: Job; readonly place: number }[];
  readonly products: Set<string>;
}

/**
 * Divides those who wait, given in order of arrival, into batches that can run side by side: who wants the same product,
 * be it by way of others' baskets, is in one batch. Nobody overtakes: who wants a busy product waits, and so does
 * everybody behind who wants one of theirs.
 */
export function nextBatches<Job>(
  waiting: Iterable<Job>,
  productsOf: (job: Job) => readonly string[],
  busy: Iterable<string>,
  limits: BatchLimits,
): NextBatches<Job> {
  const taken = new Set(busy);
  const batches = new Set<OpenBatch<Job>>();
  const batchOf = new Map<string, OpenBatch<Job>>();

  const begin = (): OpenBatch<Job> | undefined => {
    if (batches.size >= limits.batches) return undefined;
    const batch: OpenBatch<Job> = { members: [], products: new Set() };
    batches.add(batch);
    return batch;
  };
  const unite = (batch: OpenBatch<Job>, other: OpenBatch<Job>) => {
    batches.delete(other);
    batch.members.push(...other.members);
    for (const product of other.products) join(batch, product);
  };
  const join = (batch: OpenBatch<Job>, product: string) => {
    batch.products.add(product);
    batchOf.set(product, batch);
  };
  /** The one batch of all who want these products, if it has room for one more. */
  const roomFor = (products: readonly string[]): OpenBatch<Job> | undefined => {
    const touched = [...new Set(products.flatMap((product) => batchOf.get(product) ?? []))];
    const [first, ...others] = touched;
    if (first === undefined) return begin();
    const jobs = touched.reduce((sum, { members }) => sum + members.length, 1);
    const all = new Set(products.concat(...touched.map((batch) => [...batch.products])));
    if (jobs > limits.jobsEach || all.size > limits.productsEach) return undefined;
    for (const other of others) unite(first, other);
    return first;
  };

  let place = 0;
  for (const job of waiting) {
    const products = productsOf(job);
    const batch = products.some((product) => taken.has(product)) ? undefined : roomFor(products);
    if (batch === undefined) {
      for (const product of products) taken.add(product);
      continue;
    }
    batch.members.push({ job, place });
    for (const product of products) join(batch, product);
    place += 1;
  }
  for (const product of batchOf.keys()) taken.add(product);
  return { batches: [...batches].map(inOrder), taken };
}

function inOrder<Job>({ members }: OpenBatch<Job>): Job[] {
  return members.toSorted((one, other) => one.place - other.place).map(({ job }) => job);
}
