/** Conditions that pick rows of the tiny shop. */
export const entryOf = (kind: string, reference: string) => `kind = '${kind}' AND reference = '${reference}'`;

export const entryIn = (where: string) => `(SELECT id FROM point_entries WHERE ${where})`;

export const eventOf = (topic: string, key: string) => `topic = '${topic}' AND message_key = '${key}'`;
