/** A number with no more than so many binary digits. */
export const toDigits = (value: number, digits: number): number => {
  if (value === 0 || !Number.isFinite(value)) return value;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(value))) - digits + 1);
  return Math.round(value / unit) * unit;
};
