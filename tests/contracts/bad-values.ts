export type FieldKind = 'text' | 'email' | 'id' | 'positive' | 'natural' | 'change' | 'list' | 'object';

const MISSING = undefined;
const hostileText = ['a\u0000b', 'a\ud800b', 'x'.repeat(100_000)];
const notText = [null, 5, true, [], {}, ['a'], ''];
const notWhole = [null, '5', true, [], {}, 1.5, 1e300, -1.5, 2 ** 53];

const values: Record<FieldKind, readonly unknown[]> = {
  text: [...notText, ...hostileText],
  email: [
    ...notText,
    ...hostileText,
    'kim',
    'kim@',
    '@onsale.test',
    'a b@onsale.test',
    `${'k'.repeat(300)}@onsale.test`,
  ],
  id: [...notText, ...hostileText, "' OR 1=1 --", '../admin', '상품', '🎫', 'x'.repeat(65)],
  positive: [...notWhole, 0, -1, 1_000_000_001],
  natural: [...notWhole, -1, 1_000_000_001],
  change: [...notWhole, 0, 1_000_000_001, -1_000_000_001],
  list: [
    null,
    5,
    'a',
    {},
    [],
    [null],
    [[]],
    Array.from({ length: 21 }, (_, index) => ({ productId: `p${index}`, quantity: 1 })),
  ],
  object: [null, 5, 'a', [], {}],
};

/** Values that a field of the kind must refuse; being left out is one of them unless it is optional. */
export const badFields = (kind: FieldKind, { optional }: { optional: boolean }): unknown[] => [
  ...(optional ? [] : [MISSING]),
  ...values[kind],
];

/** The object with the field of the dotted path set to the value, or left out when that is undefined. */
export function setField(target: object, path: string, value: unknown): object {
  const copy: object = structuredClone(target);
  const names = path.split('.');
  const last = names.pop() ?? '';
  const parent = names.reduce<object>((at, name) => Reflect.get(at, name), copy);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return copy;
}

interface BadBody {
  readonly name: string;
  readonly body: unknown;
  readonly headers: Record<string, string>;
}

/** Bodies that are wrong as a whole. */
export function badBodies(valid: object): BadBody[] {
  const json = JSON.stringify(valid);
  const withFirst = (field: string) => (json === '{}' ? `{${field}}` : json.replace('{', `{${field},`));
  return [
    { name: 'not JSON', body: `${json}}`, headers: {} },
    { name: 'half of it', body: json.slice(0, -1), headers: {} },
    { name: 'a word', body: 'hello', headers: {} },
    { name: 'a list', body: '[]', headers: {} },
    { name: 'null', body: 'null', headers: {} },
    { name: '__proto__', body: withFirst('"__proto__":{"role":"admin"}'), headers: {} },
    { name: 'constructor', body: withFirst('"constructor":{"prototype":{"role":"admin"}}'), headers: {} },
    { name: 'deep', body: withFirst(`"deep":${'['.repeat(20_000)}${']'.repeat(20_000)}`), headers: {} },
    { name: 'too big', body: withFirst(`"big":"${'x'.repeat(70_000)}"`), headers: {} },
    { name: 'text', body: json, headers: { 'content-type': 'text/plain' } },
    { name: 'a form', body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    { name: 'another charset', body: json, headers: { 'content-type': 'application/json; charset=utf-16' } },
    { name: 'compressed, it says', body: json, headers: { 'content-encoding': 'gzip' } },
  ];
}

/** Segments that are no id of anything; behind them a decoder, a file system or a query might wait. */
export const badPathSegments: readonly string[] = [
  '%00',
  'a%00b',
  '%E0%A4%A',
  '%ED%A0%80',
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e',
  "'%20OR%201=1%20--",
  '%F0%9F%8E%AB',
  'x'.repeat(65),
  'x'.repeat(4_000),
  '__proto__',
];

/** Queries that every list must refuse. */
export const badQueries: readonly string[] = [
  'limit=0',
  'limit=101',
  'limit=-1',
  'limit=1.5',
  'limit=ten',
  'limit=',
  'limit=1&limit=2',
  'limit[]=1',
  'limit[a]=1',
  'cursor=',
  'cursor=nonsense',
  'cursor=bnVsbA',
  'cursor=e30',
  `cursor=${'x'.repeat(600)}`,
  'cursor=a&cursor=b',
  'surprise=1',
  '__proto__[a]=1',
  'limit=%00',
  'cursor=%E0%A4%A',
];

/** Queries that name no day. */
export const badDates: readonly string[] = [
  'date=',
  'date=yesterday',
  'date=2026-13-01',
  'date=2026-02-30',
  'date=2026-1-1',
  'date=20261101',
  'date=2026-11-01T00:00:00Z',
  'date=-2026-11-01',
  'date=2026-11-01%20',
  "date=2026-11-01'--",
  'date=%00',
  'date=2026-11-01&date=2026-11-02',
  'date[]=2026-11-01',
  'date[a]=2026-11-01',
];
