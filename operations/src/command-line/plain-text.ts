/** Control characters, and those that turn the direction of text: a message could take over the terminal with them. */
const unprintable = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text of a stranger as a terminal may have it; line ends are kept. */
export function plainText(text: string): string {
  return text.replaceAll(unprintable, (character) => (character === '\n' ? character : escaped(character)));
}

/** The text in one line, cut to so many characters. */
export function oneLine(text: string, most = 500): string {
  const line = plainText(text.replaceAll(/\s+/g, ' ').trim());
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
