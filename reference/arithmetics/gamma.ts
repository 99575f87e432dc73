/** γ(n) = nu / (1 − nu): what n roundings of relative error u can grow to (Higham, Accuracy and Stability, lemma 3.1). */
export const gamma = (n: number, u: number): number => (n * u < 1 ? (n * u) / (1 - n * u) : Number.POSITIVE_INFINITY);
