/** Waits so long, in ms. The global timer: buyers wait inside k6 as well, which has none of Node's modules. */
export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
