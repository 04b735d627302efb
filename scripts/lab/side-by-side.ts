/** Does `work` to each, at most `width` at a time; results in order. The first failure fails all. */
export async function sideBySide<T, R>(
  list: readonly T[],
  width: number,
  work: (one: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < list.length) {
      const index = next;
      next += 1;
      results[index] = await work(list[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, list.length) }, worker));
  return results;
}

/** Waits, ms. */
export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
