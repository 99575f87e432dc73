/** The place of the largest element, or of NaN where there is one; the first of equal ones. −1 where there is none. */
export function winnerOf(data: ArrayLike<number>, places: readonly number[]): number {
  let winner = places[0] ?? -1;
  for (const place of places) {
    const overtakes = data[place] > data[winner] || (Number.isNaN(data[place]) && !Number.isNaN(data[winner]));
    if (overtakes) winner = place;
  }
  return winner;
}
