import { run } from '@onsale/platform/service';
import { productService } from './service.ts';

await run(productService);
