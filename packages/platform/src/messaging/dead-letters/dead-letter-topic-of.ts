/** Where the messages of a topic go that a consumer cannot handle. */
export const deadLetterTopicOf = (topic: string): string => `${topic}.dlq`;
