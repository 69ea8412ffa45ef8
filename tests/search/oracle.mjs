// node oracle.mjs SITE QUERIES SEED
//
// Random queries against looking at every text: pieces of texts of one to twenty characters, one to
// three of them together, some with a character that is another one, some with a year or a part of a place's
// name; and the beginnings of all blocks of keys. Prints each difference, and at the end what was done; exits with 1 when there was a difference.
import { load, openIndex, random } from "./site.mjs";

const [site, queries, seed] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const { fold } = await load(site);
const { index } = await openIndex(site);
const below = random(seed);

const texts = [];
for (let id = 0; id < index.textStarts.at(-1); id++) {
  const text = await index.text(id);
  texts.push({ ...text, occurrences: await index.allOccurrences(text), runs: fold(text.text).runs });
}
const names = new Map(); // of places, their number being that of an occurrence
for (const text of texts.filter(({ kind }) => kind === index.kinds[0].name))
  for (const { place } of text.occurrences) names.set(place, (names.get(place) ?? "") + text.runs);
const years = new Set(texts.flatMap(({ occurrences }) => occurrences.map(({ year }) => year)));

function pick() {
  const { runs } = texts[below(texts.length)];
  const words = runs.split("\0").filter((run) => run), word = words[below(words.length)];
  const length = Math.min(word.length, 1 + below(below(3) ? 8 : 20)), begin = below(word.length - length + 1);
  const piece = word.slice(begin, begin + length);
  if (below(5)) return piece;
  const at = below(piece.length), other = texts[below(texts.length)].runs;
  return piece.slice(0, at) + other[below(other.length)].replace("\0", "x") + piece.slice(at + 1);
}

function pickWords() {
  const words = [pick()];
  for (let more = below(3) ? 0 : 1 + below(2); more; more--) {
    const name = [...names.values()][below(names.size)].split("\0")[0];
    words.push([pick, () => String([...years][below(years.size)]), () => name.slice(below(name.length))][below(3)]());
  }
  return words;
}

// Which words are looked for in places, too, is for the search to say: some are in too many names.
function expected(query, terms) {
  const words = [...new Set(fold(query).runs.split("\0").filter((word) => word))].map((word, i) => {
    const places = terms[i].places.size ? new Set([...names].filter(([, name]) => name.includes(word)).map(([place]) => place)) : new Set();
    const year = terms.length > 1 && /^\d{4}\D{0,2}$/.test(word) && years.has(Number(word.slice(0, 4))) ? Number(word.slice(0, 4)) : 0;
    return { word, year, places };
  });
  const found = [];
  for (const { id, runs, occurrences } of texts) {
    const others = words.filter(({ word }) => !runs.includes(word));
    const having = occurrences.filter((o) => others.every((w) => (w.year && w.year === o.year) || w.places.has(o.place)));
    if (!others.length || (others.length < words.length && having.length)) found.push({ id, having });
  }
  return words.length ? found : [];
}

async function found(query, kind) {
  const texts = [];
  for await (const text of (await index.search(query)).results(kind)) texts.push(text);
  return texts;
}

// Whether a result has the occurrences that it should: the first at once, all when they are asked for.
async function areRight(text, having) {
  const wanted = having.map((o) => JSON.stringify(o)), first = text.occurrences.map((o) => JSON.stringify(o));
  const all = (await index.allOccurrences(text)).map((o) => JSON.stringify(o));
  return all.join() === wanted.join() && wanted.join().startsWith(first.join()) && first.length >= Math.min(5, wanted.length) && [undefined, wanted.length].includes(text.count);
}

let wrong = 0, empty = 0, several = 0, placed = 0, all = 0;
const say = (...what) => ++wrong <= 10 && console.log(...what);
// where blocks of keys meet, what is looked for is in both
const edges = index.blocks.flatMap((key) => Array.from(key, (_, i) => [key.slice(0, i + 1)]));
for (const words of [...edges, ...Array.from({ length: queries }, pickWords)]) {
  const query = words.join(" ");
  const { terms } = await index.search(query), results = await found(query), wanted = expected(query, terms);
  const want = wanted.map(({ id }) => id), have = results.map(({ id }) => id);
  for (const [i, text] of results.entries())
    if (text.id === want[i] && (text.others || below(20) === 0) && !(await areRight(text, wanted[i].having))) say(`${JSON.stringify(query)}: not these occurrences of ${JSON.stringify(text.text)}`);
  if (want.join() !== have.join()) say(`${JSON.stringify(query)}: wanted ${want.slice(0, 9)}… found ${have.slice(0, 9)}…`);
  const { total, sure, kinds } = await (await index.search(query)).counts();
  if ({ exact: total !== want.length, more: total > want.length, fewer: total < want.length }[sure])
    say(`${JSON.stringify(query)}: ${sure} ${total}, but there are ${want.length}`);
  if (Object.values(kinds).reduce((sum, n) => sum + n, 0) !== total) say(`${JSON.stringify(query)}: kinds do not add up`);
  const kind = index.kinds[below(index.kinds.length)];
  const ofKind = (await found(query, kind.name)).map(({ id }) => id);
  if (ofKind.join() !== want.filter((id) => id >= kind.begin && id < kind.end).join()) say(`${JSON.stringify(query)}: ${kind.name}`);
  empty += !want.length;
  several += terms.length > 1;
  placed += terms.some(({ year, places }) => year || places.size);
  all += want.length;
}
console.log(`${queries + edges.length} queries, ${several} of several words (${placed} with a place or year), ${empty} with no result, ${all} results in ${texts.length} texts; ${wrong} wrong`);
process.exitCode = wrong ? 1 : 0;
