// The page for searching: the query is in the address, results come as they are typed. Without this, the
// page says where else to look.
import { SearchIndex, ranges } from "./search-index.js";

const PAGE = 10; // results shown at once
const PLACES = 4; // occurrences shown of one; a result has one more, if there are more
const BEFORE = 24, AROUND = 120; // characters shown of a long text
const PAUSE = 200; // milliseconds without a key, and what was typed is searched
const LOOKED_AT = 1000; // results that were there so long can be gone back to

const $ = (id) => document.getElementById(id);
const form = $("search"), input = $("query"), list = $("search-results");
const clone = (id) => document.importNode($(id).content, true);
const formatCount = (count) => count.toLocaleString(document.documentElement.lang);

let index, running = 0;

async function load(name, version) {
  const address = `${form.dataset.index}${name}${version ? `?v=${version}` : ""}`;
  const response = await fetch(address, version ? {} : { cache: "no-cache" });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function openIndex() {
  index ??= new SearchIndex(load).open();
  index.catch(() => (index = undefined));
  return index;
}

// --- the address ---

const read = () => {
  const search = new URLSearchParams(location.search);
  return { query: search.get("q") ?? "", kind: search.get("type") ?? "" };
};

function addressOf({ query, kind }) {
  const search = new URLSearchParams();
  if (query) search.set("q", query);
  if (kind) search.set("type", kind);
  return `?${search}`;
}

// --- what is shown ---

// Text with what was looked for marked, from one place to another.
function addMarked(element, text, words, from = 0, to = text.length) {
  let at = from;
  for (const [begin, end] of ranges(text, words)) {
    if (begin < at || end > to) continue;
    element.append(text.slice(at, begin));
    element.append(Object.assign(document.createElement("mark"), { textContent: text.slice(begin, end) }));
    at = end;
  }
  element.append(text.slice(at, to));
}

function addContext(element, text, words) {
  const [first] = ranges(text, words);
  const from = Math.max(0, (first?.[0] ?? 0) - BEFORE), to = Math.min(text.length, from + AROUND);
  if (from) element.append("…");
  addMarked(element, text, words, from, Math.max(to, first?.[1] ?? 0));
  if (to < text.length) element.append("…");
}

async function addPlaces(element, opened, occurrences) {
  const places = [];
  for (const occurrence of occurrences) {
    const { name, path } = await opened.whereIs(occurrence);
    const place = clone("search-place"), year = place.querySelector(".year");
    if (!name && !occurrence.year) continue;
    place.querySelector("a").href = form.dataset.home + path;
    place.querySelector(".name").textContent = name;
    if (occurrence.year) year.querySelector("span").textContent = occurrence.year;
    else year.remove();
    places.push(place);
  }
  element.append(...places);
}

// What is not counted yet when it is shown is put off until all is shown.
async function makeResult(opened, text, words, uncounted) {
  const result = clone("search-result"), link = result.querySelector("a"), where = result.querySelector(".where");
  const context = result.querySelector(".context"), label = result.querySelector(".label");
  const lines = text.text.split("\n"), isLong = ["narrative", "evaluation", "page"].includes(text.kind) && text.label;
  link.href = form.dataset.home + (await opened.whereIs(text.occurrences[0])).path;
  result.querySelector(".kind").textContent = document.querySelector(`[data-kind="${text.kind}"]`).firstChild.data.trim();
  addMarked(link, isLong ? text.label : lines[0], words);
  const rest = (isLong && lines[0] !== text.label ? lines : lines.slice(1)).filter((line) => line).join(" ");
  const isForeign = !/\p{Script=Han}/u.test(rest); // a name in another language than the sources', or figures
  const isNeeded = text.kind !== "line" || !isForeign || document.documentElement.lang !== context.lang || ranges(rest, words).length;
  if (rest && isNeeded) addContext(context, rest, words);
  else context.remove();
  if (isForeign) context.removeAttribute("lang");
  if (!isLong && text.label) label.textContent = text.label;
  else label.remove();
  await addPlaces(where, opened, text.occurrences.slice(0, PLACES));
  if (text.occurrences.length > PLACES) {
    const all = clone("search-all"), button = all.querySelector("button"), number = button.querySelector("span");
    number.textContent = text.count ?? "…";
    if (!text.count) uncounted.push(async () => { number.textContent = (await opened.allOccurrences(text)).length; });
    button.addEventListener("click", async () => {
      try {
        const last = where.children.length - 1;
        await addPlaces(where, opened, (await opened.allOccurrences(text)).slice(PLACES));
        button.parentElement.remove();
        where.children[last]?.querySelector("a")?.focus();
      } catch (error) {
        fail(error);
      }
    });
    where.append(all);
  }
  return result;
}

function sayCount(sure, count) {
  const status = clone(`count-${sure}`), number = status.querySelector("span");
  if (number) number.textContent = formatCount(count);
  $("search-status").replaceChildren(status);
}

function showCounts(state, { total, sure, kinds }) {
  sayCount(total ? sure : "none", state.kind ? kinds[state.kind] : total);
  $("search-kinds").hidden = !total;
  for (const link of document.querySelectorAll("[data-kind]")) {
    const kind = link.dataset.kind, count = kind ? kinds[kind] : total;
    link.href = addressOf({ query: state.query, kind });
    link.querySelector("span").textContent = count ? formatCount(count) + (sure === "more" ? "+" : "") : "";
    link.parentElement.hidden = !count && kind !== state.kind;
    if (kind === state.kind) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function clear() {
  list.replaceChildren();
  $("search-more").hidden = true;
}

function fail(error) {
  console.error(error);
  $("search-status").replaceChildren(clone("search-failed"));
}

// Shows the next results of a search; after a failure, those behind what is there. One that is known to
// follow is kept for the next time.
async function showMore(shown) {
  const { opened, search } = shown, wanted = list.children.length + PAGE, uncounted = [];
  try {
    if (!shown.results) {
      shown.results = search.results(shown.kind);
      for (let i = 0; i < list.children.length; i++) await shown.results.next();
    }
    for (;;) {
      shown.next ??= await shown.results.next();
      if (shown.run !== running) return;
      if (shown.next.done || list.children.length === wanted) break;
      const result = await makeResult(opened, shown.next.value, search.words, uncounted);
      if (shown.run !== running) return;
      list.append(result);
      shown.next = undefined;
    }
    $("search-more").hidden = shown.next.done;
    uncounted.forEach((count) => count().catch(console.error));
  } catch (error) {
    shown.results = shown.next = undefined;
    throw error;
  }
}

async function pressMore(shown) {
  const last = list.children.length;
  if (shown.isBusy) return;
  shown.isBusy = true;
  try {
    await showMore(shown);
    if (shown.run !== running) return;
    list.children[last]?.querySelector("a").focus();
    if (shown.next.done) sayCount("exact", list.children.length);
  } catch (error) {
    if (shown.run === running) fail(error);
  }
  shown.isBusy = false;
}

// Searches for what the address says.
async function run() {
  const state = read(), mine = ++running;
  try {
    if (!state.query.trim()) {
      clear();
      $("search-kinds").hidden = true;
      $("search-status").replaceChildren();
      return;
    }
    const opened = await openIndex(), search = await opened.search(state.query);
    if (mine !== running) return;
    if (!opened.kinds.some(({ name }) => name === state.kind)) state.kind = "";
    clear();
    const shown = { opened, search, kind: state.kind, run: mine };
    $("search-more").firstElementChild.onclick = () => pressMore(shown);
    await showMore(shown);
    const counts = await search.counts();
    if (mine === running) showCounts(state, counts);
  } catch (error) {
    if (mine !== running) return;
    clear();
    $("search-kinds").hidden = true;
    fail(error);
  }
}

let since = 0; // when the address was last changed

function go(state, isNew) {
  history[isNew ? "pushState" : "replaceState"](null, "", addressOf(state));
  since = performance.now();
  run();
}

// Whether going back should lead to what was there before: not when it is being typed on.
function isOther(query) {
  const before = read().query;
  return before !== "" && !query.startsWith(before) && performance.now() - since > LOOKED_AT;
}

// --- input ---

let waiting;
input.addEventListener("input", (event) => {
  clearTimeout(waiting);
  if (!event.isComposing) waiting = setTimeout(() => go({ ...read(), query: input.value }, isOther(input.value)), PAUSE);
});
input.addEventListener("compositionend", () => input.dispatchEvent(new Event("input")));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  go({ ...read(), query: input.value }, read().query !== input.value);
});
$("search-kinds").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go({ ...read(), kind: link.dataset.kind }, true);
});

// "/" goes to the query; arrows go from it through the results and back.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const links = [input, ...list.querySelectorAll(".what a")], at = links.indexOf(document.activeElement);
  if (event.key === "/" && document.activeElement !== input) {
    event.preventDefault();
    input.select();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && at >= 0) {
    const next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) event.preventDefault();
    next?.focus();
  }
});

addEventListener("popstate", () => {
  clearTimeout(waiting);
  input.value = read().query;
  run();
});

$("search-off").hidden = true;
input.value = read().query;
if (!input.value) input.focus();
run();
