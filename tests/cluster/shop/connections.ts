/** Who in the shop must reach whom; whatever is not here must be refused. Written by hand, apart from the chart's map. */
export const allowedFrom: Readonly<Record<string, readonly string[]>> = {
  gateway: ['auth', 'product', 'point', 'order', 'bestseller', 'redis', 'collector'],
  auth: ['mysql-primary', 'mysql-replica', 'redis', 'collector'],
  product: ['auth', 'mysql-primary', 'mysql-replica', 'redis', 'kafka', 'collector'],
  point: ['auth', 'mysql-primary', 'mysql-replica', 'redis', 'kafka', 'collector'],
  order: ['auth', 'data-platform', 'mysql-primary', 'mysql-replica', 'redis', 'kafka', 'collector'],
  bestseller: ['auth', 'mysql-primary', 'mysql-replica', 'redis', 'kafka', 'collector'],
  'data-platform': ['mysql-primary', 'mysql-replica', 'collector'],
};

/** What a pod may reach that is nobody's. */
export const allowedToStrangers: readonly string[] = ['gateway'];

export interface Target {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

const dataServices: readonly Target[] = [
  { name: 'mysql-primary', host: 'onsale-mysql-primary', port: 3306 },
  { name: 'mysql-replica', host: 'onsale-mysql-replica', port: 3306 },
  { name: 'redis', host: 'onsale-redis', port: 6379 },
  { name: 'kafka', host: 'onsale-kafka-0.onsale-kafka', port: 9092 },
  { name: 'influxdb', host: 'onsale-influxdb', port: 8086 },
  { name: 'prometheus', host: 'onsale-prometheus', port: 9090 },
  { name: 'collector', host: 'onsale-collector', port: 4318 },
];

/** Everything in the namespace that listens. */
export const targets: readonly Target[] = [
  ...Object.keys(allowedFrom).flatMap((service) => [
    { name: service, host: `onsale-${service}`, port: 8080 },
    { name: `${service} management`, host: `onsale-${service}`, port: 8081 },
  ]),
  ...dataServices,
];
