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

/** part / whole in per cent, rounded half away from zero to two decimals, as juesuan does; null unless whole is more than zero. */
export function percent(part, whole) {
  const scale = Math.max(part.scale, whole.scale);
  const p = unitsAt(part, scale), w = unitsAt(whole, scale);
  if (w <= 0n) return null;
  const hundredths = ((p < 0n ? -p : p) * 10000n + w / 2n) / w;
  return { units: p < 0n ? -hundredths : hundredths, scale: 2 };
}

/** Moved by so many places: of 万元, 4 make 元. */
export function shift(n, places) {
  return places <= n.scale ? { units: n.units, scale: n.scale - places } : { units: n.units * 10n ** BigInt(places - n.scale), scale: 0 };
}

/** With commas, a plus sign before what is more than zero, and at least so many decimals, as many as it needs. */
export function formatSigned(n, decimals) {
  let { units, scale } = n;
  const sign = units < 0n ? "-" : units > 0n ? "+" : "";
  if (units < 0n) units = -units;
  for (; scale > decimals && units % 10n === 0n; scale--) units /= 10n;
  for (; scale < decimals; scale++) units *= 10n;
  const digits = units.toString().padStart(scale + 1, "0");
  return sign + group(digits.slice(0, digits.length - scale)) + (scale ? "." + digits.slice(-scale) : "");
}

/** "4180.76" as people read it: "4,180.76". */
export function group(written) {
  return written.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",");
}
