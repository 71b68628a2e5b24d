/** The commands that a chart's notes tell to paste, as they are: lines set in by two, and what is set in deeper below one. */
export function commandsInNotes(notes: string): string {
  const commands: string[] = [];
  let inCommand = false;
  for (const line of notes.split('\n')) {
    inCommand = /^ {2}\S/.test(line) || (inCommand && /^ {3,}\S/.test(line));
    if (inCommand) commands.push(line.slice(2));
  }
  return commands.join('\n');
}
