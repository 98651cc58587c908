/** The first index from which on a sorted list has reached a bound, or its length: a binary search over `reached`. */
export function firstWhere(length: number, reached: (index: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (reached(middle)) high = middle
    else low = middle + 1
  }
  return low
}
