/** An amount in cents, always an integer. */
export type Money = number;

const format = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

export const formatMoney = (amount: Money): string => format.format(amount / 100);

export const percentOf = (amount: Money, percent: number): Money => Math.round((amount * percent) / 100);

/** Splits an amount into equal parts. The first parts get the remaining cents. */
export function split(amount: Money, parts: number): Money[] {
  const base = Math.floor(amount / parts);
  const rest = amount - base * parts;
  return Array.from({ length: parts }, (_, index) => base + (index < rest ? 1 : 0));
}

export const linesTotal = (lines: { quantity: number; unitPrice: Money }[]): Money =>
  lines.reduce((total, line) => total + line.quantity * line.unitPrice, 0);
