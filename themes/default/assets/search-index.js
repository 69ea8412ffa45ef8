// Reads the index that the site was built with (search/): which texts hold what is looked for, and
// where they stand. No page, no address of a server: files come from a function. The bytes are described
// in lib/search/search_index.h, search_index.c and grams.c of the program that writes them.

const KEPT = "%+-/_&@"; // signs that belong to a word
const isDigit = (c) => c >= "0" && c <= "9";
const isWord = (c) => isDigit(c) || (c >= "a" && c <= "z");

function foldCharacter(c) {
  let code = c.codePointAt(0);
  if (code >= 0xff01 && code <= 0xff5e) code -= 0xfee0;
  if (code >= 0x41 && code <= 0x5a) code += 0x20;
  return String.fromCodePoint(code);
}

function divides(c) {
  const code = c.codePointAt(0);
  if (code < 0x80) return !isWord(c) && !KEPT.includes(c);
  return (
    code <= 0xbf || (code >= 0x2000 && code <= 0x206f) || (code >= 0x3000 && code <= 0x303f) ||
    (code >= 0xfe10 && code <= 0xfe6f) || code === 0xfeff || code === 0xff5f || code === 0xff60
  );
}

// What of a text a search looks at (lib/search/fold.h): its runs, each with a U+0000 behind it; and for
// each unit where in the text its character stands.
export function fold(text) {
  const characters = Array.from(text), at = [];
  let runs = "", place = 0;
  const digitAt = (i) => i >= 0 && i < characters.length && isDigit(characters[i]);
  const wordAt = (i) => i >= 0 && i < characters.length && isWord(foldCharacter(characters[i]));
  const endRun = () => {
    if (runs && !runs.endsWith("\0")) {
      runs += "\0";
      at.push(place);
    }
  };
  characters.forEach((raw, i) => {
    const c = foldCharacter(raw);
    const comma = raw === "," && digitAt(i - 1) && digitAt(i + 1) && digitAt(i + 2) && digitAt(i + 3) && !digitAt(i + 4);
    if (!comma) {
      if (divides(c) && !(c === "." && wordAt(i - 1) && wordAt(i + 1))) {
        endRun();
      } else {
        runs += c;
        for (let unit = 0; unit < c.length; unit++) at.push(place);
      }
    }
    place += raw.length;
  });
  endRun();
  at.push(place);
  return { runs, at };
}

class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  number() {
    let n = 0, scale = 1, byte;
    do {
      byte = this.bytes[this.at++];
      n += (byte & 0x7f) * scale;
      scale *= 128;
    } while (byte & 0x80);
    return n;
  }
  string() {
    const length = this.number();
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }
  strings() {
    return Array.from({ length: this.number() }, () => this.string());
  }
  units(count) {
    let s = "";
    while (count--) {
      const byte = this.bytes[this.at++];
      if (byte < 0x80) {
        s += String.fromCharCode(byte);
      } else if (byte < 0xff) {
        s += String.fromCharCode(0x4e00 + (byte - 0x80) * 256 + this.bytes[this.at++]);
      } else {
        s += String.fromCharCode(this.bytes[this.at] * 256 + this.bytes[this.at + 1]);
        this.at += 2;
      }
    }
    return s;
  }
  ids(count) {
    const ids = new Uint32Array(count);
    for (let i = 0, id = 0; i < count; i++) ids[i] = id += this.number();
    return ids;
  }
  // Where each of several files begins, and the end of the last one.
  starts() {
    const starts = [0];
    for (let count = this.number(); count; count--) starts.push(starts.at(-1) + this.number());
    return starts;
  }
}

// The last place whose value is not above; values grow.
function lastNotAbove(count, valueAt, value) {
  let low = 0, high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (valueAt(middle) > value) high = middle - 1;
    else low = middle;
  }
  return low;
}

// What is loaded once is kept; what could not be is tried again when it is needed again.
function keep(kept, key, load) {
  if (!kept.has(key)) {
    const loaded = load();
    kept.set(key, loaded);
    Promise.resolve(loaded).catch(() => kept.delete(key));
  }
  return kept.get(key);
}

// The texts that hold a piece, in chunks, of which those are read that are needed.
class TextList {
  constructor(count, kinds, firsts, load) {
    Object.assign(this, { count, kinds, firsts, load, chunks: new Map() });
  }
  chunk(i) {
    return keep(this.chunks, i, () => this.load(i));
  }
  async has(id) {
    if (!this.count || id < this.firsts[0]) return false;
    const ids = await this.chunk(lastNotAbove(this.firsts.length, (i) => this.firsts[i], id));
    return ids[lastNotAbove(ids.length, (i) => ids[i], id)] === id;
  }
  // Those from one on, one after the other.
  async *from(begin) {
    if (!this.count) return;
    for (let i = lastNotAbove(this.firsts.length, (j) => this.firsts[j], begin); i < this.firsts.length; i++)
      for (const id of await this.chunk(i)) if (id >= begin) yield id;
  }
}

// What is in all of several lists. Like TextList: `count` is how many there may be at most.
class All {
  constructor(lists) {
    this.lists = lists.sort((a, b) => a.count - b.count);
    this.count = this.lists[0].count;
  }
  async has(id) {
    for (const list of this.lists) if (!(await list.has(id))) return false;
    return true;
  }
  async *from(begin) {
    const [first, ...others] = this.lists;
    next: for await (const id of first.from(begin)) {
      for (const list of others) if (!(await list.has(id))) continue next;
      yield id;
    }
  }
}

// What is in any of them.
class Any {
  constructor(lists) {
    this.lists = lists;
    this.count = lists.reduce((sum, { count }) => sum + count, 0);
  }
  async has(id) {
    for (const list of this.lists) if (await list.has(id)) return true;
    return false;
  }
  async *from(begin) {
    const all = this.lists.map((list) => list.from(begin));
    const heads = await Promise.all(all.map((ids) => ids.next()));
    for (;;) {
      const id = Math.min(...heads.filter(({ done }) => !done).map(({ value }) => value));
      if (id === Infinity) return;
      yield id;
      for (let i = 0; i < heads.length; i++) while (!heads[i].done && heads[i].value === id) heads[i] = await all[i].next();
    }
  }
}

const one = (lists, Several) => (lists.length === 1 ? lists[0] : new Several(lists));

// A word that is in more names, or in names of places whose texts are in more files of lists, is not
// taken for a place; nor are more words than that in a query.
const PLACES = 64, PLACE_FILES = 4, PLACE_WORDS = 4;

export class SearchIndex {
  // `load` gives the bytes of a file of the index, by its name and the version of the index.
  constructor(load) {
    this.load = load;
    this.files = new Map();
  }

  file(name) {
    return keep(this.files, name, () => this.load(name, this.version));
  }

  async open() {
    const bytes = await this.load("index.bin", "");
    const reader = new Reader(bytes, 12);
    if (new TextDecoder().decode(bytes.subarray(0, 4)) !== "JSX2") throw new Error("not an index");
    this.version = Array.from(bytes.subarray(4, 12), (b) => b.toString(16).padStart(2, "0")).join("");
    this.gram = reader.number();
    this.listFile = reader.number();
    this.newest = reader.number();
    this.kinds = [];
    for (let count = reader.number(), begin = 0; count; count--) {
      const name = reader.string(), end = begin + reader.number();
      this.kinds.push({ name, begin, end });
      begin = end;
    }
    this.textStarts = reader.starts();
    this.placeStarts = reader.starts();
    this.years = new Map();
    for (let count = reader.number(); count; count--) this.years.set(reader.number(), [reader.number(), reader.number()]);
    this.blocks = [];
    for (let count = reader.number(), before = ""; count; count--) {
      before = before.slice(0, reader.number()) + reader.units(reader.number());
      this.blocks.push(before);
    }
    return this;
  }

  async listBytes(begin, length) {
    const size = this.listFile, bytes = new Uint8Array(length);
    const files = [];
    for (let i = Math.floor(begin / size); i * size < begin + length; i++) files.push([i, this.file(`lists/${i}.bin`)]);
    for (const [i, file] of files) {
      const data = await file, from = Math.max(begin - i * size, 0);
      const piece = data.subarray(from, Math.min(begin + length - i * size, data.length));
      bytes.set(piece, i * size + from - begin);
    }
    return bytes;
  }

  async readList(place, head) {
    const reader = new Reader(await this.listBytes(place, head));
    const count = reader.number(), kinds = this.kinds.map(() => reader.number());
    const chunks = reader.number(), firsts = [], lengths = [];
    for (let i = 0, first = 0; chunks > 1 && i < chunks; i++) {
      firsts.push((first += reader.number()));
      lengths.push(reader.number());
    }
    const chunkSize = 1024;
    const begin = reader.at;
    if (chunks === 1) {
      const ids = reader.ids(count);
      return new TextList(count, kinds, [ids[0]], () => ids);
    }
    return new TextList(count, kinds, firsts, async (i) => {
      const from = place + begin + lengths.slice(0, i).reduce((sum, n) => sum + n, 0);
      const size = i + 1 < chunks ? chunkSize : count - i * chunkSize;
      return new Reader(await this.listBytes(from, lengths[i])).ids(size);
    });
  }

  listOf(ids) {
    const kinds = this.kinds.map(() => 0);
    for (const id of ids) kinds[this.kindOf(id)]++;
    return new TextList(ids.length, kinds, [ids[0]], () => ids);
  }

  kindOf(id) {
    return this.kinds.findIndex((kind) => id < kind.end);
  }

  // The texts that hold a piece of at most `gram` units.
  async findPiece(piece) {
    const found = new Set();
    let block = this.blocks.length ? lastNotAbove(this.blocks.length, (i) => this.blocks[i], piece) : 0;
    for (; block < this.blocks.length; block++) {
      if (this.blocks[block] > piece && !this.blocks[block].startsWith(piece)) break;
      const reader = new Reader(await this.file(`keys/${block}.bin`));
      const lists = reader.number();
      for (let key = ""; reader.at < reader.bytes.length; ) {
        const head = reader.bytes[reader.at++], shape = head & 0x7f;
        key = key.slice(0, Math.floor(shape / (this.gram + 1))) + reader.units(shape % (this.gram + 1));
        const count = head & 0x80 ? 1 : reader.number();
        if (!count) {
          const place = lists + reader.number(), length = reader.number();
          if (key === piece) return this.readList(place, length);
        } else if (key.startsWith(piece)) {
          for (const id of reader.ids(count)) found.add(id);
        } else if (key > piece) {
          return this.listOf(Uint32Array.from(found).sort());
        } else {
          for (let i = 0; i < count; i++) reader.number();
        }
      }
    }
    return this.listOf(Uint32Array.from(found).sort());
  }

  piecesOf(word) {
    if (word.length <= this.gram) return [word];
    const pieces = [];
    for (let i = 0; i + this.gram < word.length; i += this.gram) pieces.push(word.slice(i, i + this.gram));
    return [...pieces, word.slice(-this.gram)];
  }

  // The places whose name has a word, by the texts of the first kind, which are names.
  async placesOf(word, list) {
    const places = new Set(), files = new Set();
    for await (const id of list.from(0)) {
      if (id >= this.kinds[0].end) break;
      const text = await this.text(id);
      if (fold(text.text).runs.includes(word)) text.occurrences.forEach(({ place }) => places.add(place));
      if (places.size > PLACES) return new Set();
    }
    for (const place of places) files.add(Math.floor((await this.place(place)).list[0] / this.listFile));
    return files.size > PLACE_FILES ? new Set() : places;
  }

  // A word with the texts that have it; and the year or the places that it names.
  async findWord(text) {
    const list = one(await Promise.all(this.piecesOf(text).map((piece) => this.findPiece(piece))), All);
    const [, digits] = /^(\d{4})\D{0,2}$/.exec(text) ?? [], year = this.years.has(Number(digits)) ? Number(digits) : 0;
    return { text, list, year, places: new Set() };
  }

  // The texts that have some of the words while their place and year have the others.
  async combine(words, own = [], places = null, year = 0) {
    if (!words.length) {
      if (!own.length) return [];
      const lists = own.map(({ list }) => list);
      if (year) lists.push(await this.readList(...this.years.get(year)));
      if (places) lists.push(one(await Promise.all([...places].map(async (place) => this.readList(...(await this.place(place)).list))), Any));
      return [one(lists, All)];
    }
    const [word, ...others] = words, found = await this.combine(others, [...own, word], places, year);
    const common = places ? new Set([...word.places].filter((place) => places.has(place))) : word.places;
    if (word.year && (!year || year === word.year)) found.push(...(await this.combine(others, own, places, word.year)));
    else if (common.size) found.push(...(await this.combine(others, own, common, year)));
    return found;
  }

  // What is found for a query: all its words, anywhere in a text; but for one of them its year and the
  // name of its place will do.
  async search(query) {
    const words = [...new Set(fold(query).runs.split("\0").filter((word) => word))];
    const terms = await Promise.all(words.map((word) => this.findWord(word)));
    if (words.length > 1)
      for (const term of terms.filter(({ year }) => !year).slice(0, PLACE_WORDS)) term.places = await this.placesOf(term.text, term.list);
    else terms.forEach((term) => (term.year = 0));
    return new Search(this, terms, terms.length ? one(await this.combine(terms), Any) : null);
  }

  async textsOf(file) {
    const reader = new Reader(await this.file(`texts/${file}.bin`)), records = [];
    while (reader.at < reader.bytes.length) {
      const length = reader.number();
      records.push(reader.at);
      reader.at += length;
    }
    return { bytes: reader.bytes, records };
  }

  yearOf(age) {
    return age ? this.newest + 1 - age : 0;
  }

  occurrences(reader) {
    const paths = reader.strings(), list = [];
    for (let count = reader.number(); count; count--) {
      const year = this.yearOf(reader.number()), place = reader.number();
      list.push({ year, place, path: paths[reader.number()] });
    }
    return list;
  }

  // A text: its kind, label, text, number of occurrences, the first of them, and where all are if these are not all.
  async text(id) {
    const file = lastNotAbove(this.textStarts.length, (i) => this.textStarts[i], id);
    const { bytes, records } = await this.textsOf(file);
    const reader = new Reader(bytes, records[id - this.textStarts[file]]);
    const text = { id, kind: this.kinds[this.kindOf(id)].name, label: reader.string(), text: reader.string() };
    text.count = reader.number();
    const length = reader.number();
    text.all = length ? { begin: reader.number(), length } : null;
    text.occurrences = this.occurrences(reader);
    return text;
  }

  // Fetches a chunk of occurrences, all of one year.
  async readChunk({ year, place, count, begin, length }, paths) {
    const reader = new Reader(await this.listBytes(begin, length)), list = [];
    for (; count; count--) list.push({ year, place: (place += reader.number()), path: paths[reader.number()] });
    return list;
  }

  // What fetches all occurrences of a text, a chunk each, without those chunks in which there is none that fits.
  async chunksOf({ all: { begin, length } }, mayFit) {
    const reader = new Reader(await this.listBytes(begin, length)), paths = reader.strings(), chunks = [];
    for (let count = reader.number(), at = begin + length; count; count--) {
      const year = this.yearOf(reader.number()), chunk = { year, place: reader.number(), count: reader.number(), begin: at, length: reader.number(), last: Infinity };
      const before = chunks.at(-1);
      if (before?.year === year) before.last = chunk.place;
      chunks.push(chunk);
      at += chunk.length;
    }
    return chunks.filter(mayFit).map((chunk) => () => this.readChunk(chunk, paths));
  }

  // The occurrences of a text whose year and place have the words: at least so many, if there are, and whether these are all.
  async occurrencesOf(text, words, wanted) {
    const fits = ({ year, place, last = place }) => words.every((word) => (word.year && word.year === year) || [...word.places].some((other) => place <= other && other <= last));
    if (!text.all) return { occurrences: text.occurrences.filter(fits), isAll: true };
    const chunks = await this.chunksOf(text, fits); // as far as their first and last place tell
    if (wanted === Infinity) return { occurrences: (await Promise.all(chunks.map((chunk) => chunk()))).flat().filter(fits), isAll: true };
    const occurrences = [];
    let read = 0;
    while (read < chunks.length && occurrences.length < wanted) occurrences.push(...(await chunks[read++]()).filter(fits));
    return { occurrences, isAll: read === chunks.length };
  }

  // All occurrences of a text; of a result, those that have what was looked for.
  async allOccurrences(text) {
    return (await this.occurrencesOf(text, text.others ?? [], Infinity)).occurrences;
  }

  // A place by its number, from 1: its path, its name, where the list of its texts is.
  async place(number) {
    const file = lastNotAbove(this.placeStarts.length, (i) => this.placeStarts[i], number - 1);
    const reader = new Reader(await this.file(`places/${file}.bin`));
    for (let i = this.placeStarts[file]; ; i++) {
      const place = { path: reader.string(), name: reader.string(), list: [reader.number(), reader.number()] };
      if (i === number - 1) return place;
    }
  }

  // The name of what an occurrence belongs to, and its address below the home page.
  async whereIs({ place, year, path }) {
    if (!place) return { name: "", path };
    const { name, path: begin } = await this.place(place);
    return { name, path: begin + (year ? `${year}/` : "") + path };
  }
}

const COUNTED = 2000; // so many results are counted one by one
const COMPARED = 10; // so many texts are fetched to be counted
const FIRST = 5; // so many occurrences are looked for before a text is a result

class Search {
  constructor(index, terms, list) {
    Object.assign(this, { index, terms, list, words: terms.map(({ text }) => text) });
    this.hasPlaces = terms.some(({ year, places }) => year || places.size);
    this.isSure = !this.hasPlaces && terms.every(({ text }) => text.length <= index.gram);
  }

  // The text with the first of those occurrences that have all words, and their number if these are all; null: none has.
  async match(text) {
    const { runs } = fold(text.text);
    const others = this.terms.filter((word) => !runs.includes(word.text));
    if (!others.length) return text;
    if (!this.hasPlaces || others.length === this.terms.length) return null;
    const { occurrences, isAll } = await this.index.occurrencesOf(text, others, FIRST);
    return occurrences.length ? { ...text, others, occurrences, count: isAll ? occurrences.length : undefined } : null;
  }

  // The numbers of the texts that may match; when it is sure, of those that do.
  async *candidates(kind) {
    const range = kind ? this.index.kinds.find(({ name }) => name === kind) : { begin: 0, end: Infinity };
    if (!this.list || !range) return;
    for await (const id of this.list.from(range.begin)) {
      if (id >= range.end) return;
      yield id;
    }
  }

  // The texts that match, one after the other.
  async *results(kind) {
    for await (const id of this.candidates(kind)) {
      const text = await this.index.text(id), matching = this.isSure ? text : await this.match(text);
      if (matching) yield matching;
    }
  }

  // How many texts of each kind match: "exact", or there may be "more", or "fewer", or "unsure".
  async counts() {
    const counts = { total: 0, sure: "exact", kinds: Object.fromEntries(this.index.kinds.map(({ name }) => [name, 0])) };
    const add = (kind, n = 1) => {
      counts.kinds[this.index.kinds[kind].name] += n;
      counts.total += n;
    };
    if (this.list?.kinds) {
      this.list.kinds.forEach((n, kind) => add(kind, n));
      return counts;
    }
    const ids = [];
    for await (const id of this.candidates()) if (ids.push(id) > COUNTED) break;
    if (this.isSure || ids.length > COMPARED) {
      ids.slice(0, COUNTED).forEach((id) => add(this.index.kindOf(id)));
      counts.sure = ids.length > COUNTED ? (this.isSure ? "more" : "unsure") : this.isSure ? "exact" : "fewer";
    } else {
      for await (const text of this.results()) add(this.index.kindOf(text.id)); // they are shown anyway
    }
    return counts;
  }
}

// Where in a text the words are: [begin, end] of each place, in order, none within another.
export function ranges(text, words) {
  const { runs, at } = fold(text), found = [];
  for (const word of words)
    for (let i = runs.indexOf(word); i >= 0; i = runs.indexOf(word, i + word.length))
      found.push([at[i], at[i + word.length]]);
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  return found.filter(([begin], i) => !i || begin >= Math.max(...found.slice(0, i).map(([, end]) => end)));
}
