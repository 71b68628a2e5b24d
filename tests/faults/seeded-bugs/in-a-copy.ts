import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from '@onsale/local';
import { copyCheckout } from './copy/copy-checkout.ts';

/** A copy of this checkout, and a folder for what runs of it leave. */
export interface Copy {
  readonly copy: string;
  readonly scratch: string;
  /** Has what runs left outlive the copy: something there explains what nobody expected. */
  keepWhatIsLeft(): void;
}

/** Works on a copy of this checkout, which is removed afterwards; what its runs left is kept if that is wanted. */
export async function inACopy<T>(work: (copy: Copy) => Promise<T>, options: { keep: boolean }): Promise<T> {
  let { keep } = options;
  const copy = mkdtempSync(join(tmpdir(), 'onsale-copy-'));
  const scratch = mkdtempSync(join(tmpdir(), 'onsale-bug-'));
  try {
    await copyCheckout(checkout, copy);
    const keepWhatIsLeft = () => {
      keep = true;
    };
    return await work({ copy, scratch, keepWhatIsLeft });
  } finally {
    rmSync(copy, { recursive: true, force: true });
    if (!keep) rmSync(scratch, { recursive: true, force: true });
  }
}
