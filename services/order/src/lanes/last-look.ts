/**
 * Looks after those whose time ran out: all who are late by then are looked at together, and the next ones when that is
 * done, so that a crowd whose time runs out asks few questions. The look never rejects.
 */
export function createLastLook<Late>(look: (late: readonly Late[]) => Promise<void>): (late: Late) => void {
  let late: Late[] = [];
  let looking = false;

  const lookAtAll = async (): Promise<void> => {
    looking = true;
    while (late.length > 0) {
      const these = late;
      late = [];
      await look(these);
    }
    looking = false;
  };

  return (one) => {
    late.push(one);
    if (!looking) void lookAtAll();
  };
}
