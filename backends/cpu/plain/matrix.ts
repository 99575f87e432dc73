/**
 * Fills rows × columns sums of so many products each, row by row, in double precision.
 * @param start what the sum at a column begins with
 */
export function sumsOfProducts(
  into: { [at: number]: number },
  [rows, columns, terms]: readonly [number, number, number],
  product: (row: number, column: number, term: number) => number,
  start: (column: number) => number = () => 0,
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = start(column);
      for (let term = 0; term < terms; term++) sum += product(row, column, term);
      into[row * columns + column] = sum;
    }
  }
}
