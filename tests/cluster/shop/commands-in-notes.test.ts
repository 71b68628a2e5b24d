import { expect, test } from '@jest/globals';
import { commandsInNotes } from './commands-in-notes.ts';

test('what is indented is taken as it is, what is said around it is not', () => {
  const notes = `NOTES:
The shop is being started.
MySQL   onsale-mysql:3306
        User root, password: see the Secret

Paste:

  # a way in
  kubectl port-forward service/onsale-gateway 8080:8080 &
  for i in 1 2; do
    curl localhost
  done

More: docs/kubernetes.md
`;
  expect(commandsInNotes(notes)).toBe(`# a way in
kubectl port-forward service/onsale-gateway 8080:8080 &
for i in 1 2; do
  curl localhost
done`);
});
