/** The first place in an ordered list that has reached a bound, or its length: a binary search over `reached`. */
export function firstWhere(length: number, reached: (place: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (reached(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** The first place in a sorted list whose value is not below the one given. */
export function firstAtLeast<T>(sorted: T[], value: T): number {
  return firstWhere(sorted.length, (place) => (sorted[place] as T) >= value)
}
