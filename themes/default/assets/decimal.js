/* Decimal numbers, exactly: { units, scale } is units / 10^scale, units a BigInt. Nothing here rounds but percent(). */

const written = /^[-+]?[0-9][0-9,]*(\.[0-9]+)?%?$/;

/** What a number says that may have commas, a plus sign, a per cent sign; null of anything else. */
export function parse(text) {
  if (!written.test(text)) return null;
  const [whole, decimals = ""] = text.replace(/[,+%]/g, "").split(".");
  return { units: BigInt(whole + decimals), scale: decimals.length };
}

function unitsAt(n, scale) {
  return n.units * 10n ** BigInt(scale - n.scale);
}

export function subtract(a, b) {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) - unitsAt(b, scale), scale };
}

/** Less than, equal to or more than zero as a is to b. */
export function compare(a, b) {
  const { units } = subtract(a, b);
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}
