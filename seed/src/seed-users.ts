export interface SeedUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/** How many users a fresh platform has. */
export const USER_COUNT = 10_000;

const familyNames = ['김', '이', '박', '최', '정', '강', '조', '윤', '장', '임', '한', '오', '서', '신', '권', '황'];
const givenNames = [
  '서연',
  '민준',
  '지우',
  '도윤',
  '하은',
  '시우',
  '수아',
  '예준',
  '지민',
  '건우',
  '유진',
  '현우',
  '나은',
];
const englishNames = ['Alex', 'Jordan', 'Sam', 'Robin', 'Charlie', 'Morgan', 'Taylor', 'Jamie', 'Casey'];

const pick = (list: readonly string[], index: number) => list[index % list.length] ?? '';

function nameOf(number: number): string {
  const korean = pick(familyNames, number) + pick(givenNames, Math.floor(number / familyNames.length));
  return number % 5 === 0 ? `${pick(englishNames, number / 5)} ${number}` : korean;
}

/** The seeded user of this number, from 1: user-00001, user00001@onsale.test. */
export function seedUser(number: number): SeedUser {
  const digits = String(number).padStart(5, '0');
  return { id: `user-${digits}`, email: `user${digits}@onsale.test`, name: nameOf(number) };
}
