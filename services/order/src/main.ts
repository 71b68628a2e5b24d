import { run } from '@onsale/platform/service';
import { orderService } from './service.ts';

await run(orderService);
