// node weigh.mjs SITE QUERIES
//
// How many bytes of the index are fetched until the first result is there, and until ten and their number
// are, each query with nothing fetched before: pieces of texts of one to eight characters, a third of
// the queries of two of them. Files are counted whole, as a server without compression sends them.
import { load, openIndex, random } from "./site.mjs";

const [site, queries] = [process.argv[2], Number(process.argv[3])];
const { fold } = await load(site);
const { index } = await openIndex(site);
const below = random(3);

async function pick() {
  // a kind first, so that there are not only pieces of what there is most of
  const kinds = index.kinds.filter(({ begin, end }) => begin < end), kind = kinds[below(kinds.length)];
  const { text } = await index.text(kind.begin + below(kind.end - kind.begin));
  const words = fold(text).runs.split("\0").filter((run) => run), word = words[below(words.length)];
  const length = Math.min(word.length, 1 + below(8)), begin = below(word.length - length + 1);
  return word.slice(begin, begin + length);
}

const parts = { "of one word": [[], []], "of two words": [[], []] };
for (let i = 0; i < queries; i++) {
  const isOne = i % 3, query = isOne ? await pick() : `${await pick()} ${await pick()}`;
  const [first, ten] = parts[isOne ? "of one word" : "of two words"];
  const { index: fresh, read } = await openIndex(site);
  const search = await fresh.search(query);
  let results = 0;
  for await (const text of search.results()) {
    for (const occurrence of text.occurrences.slice(0, 4)) await fresh.whereIs(occurrence); // as many as the page shows
    if (!results++) first.push({ bytes: read.bytes, query });
    if (results === 10) break;
  }
  if (!results) first.push({ bytes: read.bytes, query });
  await search.counts();
  ten.push({ bytes: read.bytes, query });
}
for (const [name, [first, ten]] of Object.entries(parts))
  for (const [what, list] of [["first result", first], ["ten and their number", ten]]) {
    list.sort((a, b) => a.bytes - b.bytes);
    const at = (share) => list[Math.min(list.length - 1, Math.floor(list.length * share))];
    console.log(`${name}, ${what}: median ${at(0.5).bytes}, 95 % ${at(0.95).bytes}, most ${at(1).bytes} bytes (${at(1).query})`);
  }
process.exitCode = Object.values(parts).every(([first]) => first.at(-1).bytes < 150000) ? 0 : 1;
