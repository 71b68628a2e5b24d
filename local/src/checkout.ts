import { fileURLToPath } from 'node:url';

/** The root folder of this repository. */
export const checkout = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');
