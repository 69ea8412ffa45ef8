/*
 * Tables with more than one row can be sorted, filtered and copied. Without this script they are as they are. A long
 * page is laid out once: a table has its tools when it is about to be seen, before anything moves under the eye.
 *
 * A column is sorted by the button that its head becomes: numbers from the largest, texts from the first, then the
 * other way round, then as it was. Parts stay below what they are parts of, totals where the table has them: before the
 * others, or else behind them; what is not stated comes last. Where cells of the body span others, nothing is sorted.
 * What is copied are the rows that the filter shows, as they stand, as CSV of RFC 4180; folded rows are among them.
 */
import { copy } from "./copy.js";
import { compare, parse } from "./decimal.js";

const template = document.getElementById("explore");
const filterFrom = 9; // rows; fewer are seen at once
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

/* What a cell says. Not: marks of findings, second statements, what the page says where nothing is stated. */
function textOf(cell) {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll(`.mark, .absent, .cite${cell.matches("td.number") ? ", small" : ""}`).forEach(extra => extra.remove());
  copy.querySelectorAll("small, li").forEach(part => part.prepend(" "));
  return copy.textContent.replace(/\s+/g, " ").trim();
}

const texts = new WeakMap(); // row -> what its cells say, once it is asked for

function textsOf(row) {
  if (!texts.has(row)) texts.set(row, [...row.cells].map(textOf));
  return texts.get(row);
}

/* The columns: the lowest head of each, and all heads above it as its title. */
function columnsOf(table) {
  const grid = [...table.tHead.rows].map(() => []);
  [...table.tHead.rows].forEach((row, y) => {
    let x = 0;
    for (const head of row.cells) {
      while (grid[y][x]) x++;
      for (let down = 0; down < head.rowSpan; down++)
        for (let right = 0; right < head.colSpan; right++) grid[y + down][x + right] = head;
    }
  });
  return grid.at(-1).map((head, x) => ({ head, title: [...new Set(grid.map(row => row[x]))].map(textOf).join(" / ") }));
}

/* Rows as a tree: .level1 is a part of the .level0 before it, everything of the .group before it. */
function treeOf(table) {
  const root = { level: -2, parts: [] }, open = [root];
  const all = [...table.tBodies].flatMap(body => [...body.rows]).map((row, index) => {
    const level = row.matches(".group") ? -1 : Number(/level(\d)/.exec(row.className)?.[1] ?? 0);
    while (open.at(-1).level >= level) open.pop();
    const node = { row, index, level, body: row.parentNode, total: row.matches(".total"), above: open.at(-1), parts: [], get texts() { return textsOf(row); } };
    node.above.parts.push(node);
    open.push(node);
    return node;
  });
  return { root, all };
}

/* --- sorting --- */

function order(a, b, column, direction) {
  const x = a.texts[column] ?? "", y = b.texts[column] ?? "";
  const m = parse(x), n = parse(y);
  if (m && n) return direction * compare(m, n);
  if (m || n) return m ? -1 : 1; // numbers before words that stand for none
  return !x || !y ? (x ? -1 : y ? 1 : 0) : direction * collator.compare(x, y);
}

/* Where a row stays whatever its figures are: -1 before the others, 1 behind them. */
function placeOf(node, siblings) {
  if (!node.total || siblings.every(other => other.total)) return 0;
  return siblings.slice(0, siblings.indexOf(node)).every(other => other.total) ? -1 : 1;
}

function put(table, parts, column, direction) {
  const sorted = direction ? [...parts].sort((a, b) => placeOf(a, parts) - placeOf(b, parts) || (placeOf(a, parts) ? 0 : order(a, b, column, direction)) || a.index - b.index) : parts;
  for (const node of sorted) {
    if (table.tBodies[table.tBodies.length - 1] !== node.body) table.append(node.body);
    node.body.append(node.row);
    put(table, node.parts, column, direction);
  }
}

function makeSortable(table, tree, columns) {
  let sorted = -1, direction = 0;
  columns.forEach(({ head }, column) => {
    const button = document.createElement("button");
    const first = head.matches(".number") ? -1 : 1;
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      direction = sorted !== column ? first : direction === first ? -first : 0;
      columns[sorted]?.head.removeAttribute("aria-sort");
      sorted = direction ? column : -1;
      if (direction) head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
      put(table, tree.root.parts, column, direction);
    });
  });
}

/* --- filtering --- */

function show(node) {
  for (let up = node; up.row; up = up.above) up.row.hidden = false;
}

function makeFilter(table, tree, tools) {
  const [shown, all] = tools.querySelectorAll(".shown span");
  tools.querySelector("input").addEventListener("input", event => {
    const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = tree.all.filter(node => words.every(word => node.row.textContent.toLowerCase().includes(word)));
    table.classList.toggle("filtered", words.length > 0);
    tree.all.forEach(node => { node.row.hidden = words.length > 0; });
    if (words.length) found.forEach(show);
    tools.querySelector(".shown").hidden = !words.length;
    shown.textContent = found.length;
    all.textContent = tree.all.length;
  });
}

/* --- copying --- */

function field(text) {
  const plain = parse(text) ? text.replaceAll(",", "") : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function csvOf(table, tree, columns) {
  const kept = columns.map((column, x) => x).filter(x => !tree.all.some(node => node.row.cells[x]?.querySelector("svg"))); // a drawing says no more than the numbers
  const rows = [...table.tBodies].flatMap(body => [...body.rows]).filter(row => !row.hidden).map(textsOf);
  return [columns.map(column => column.title), ...rows].map(texts => kept.map(x => field(texts[x] ?? "")).join(",") + "\r\n").join("");
}

function download(text, table) {
  const link = document.createElement("a");
  const place = location.pathname.split("/departments/").at(-1).split("/").concat(table.closest("section[id]")?.id ?? []).filter(Boolean);
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = `${place.join("-") || "table"}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function addTools(table) {
  const tree = treeOf(table), columns = table.tHead ? columnsOf(table) : [];
  if (tree.all.length < 2 || !columns.length) return;
  const tools = template.content.firstElementChild.cloneNode(true);
  const isPlain = tree.all.every(node => node.level < 0 || [...node.row.cells].every(cell => cell.colSpan + cell.rowSpan === 2));
  if (isPlain) makeSortable(table, tree, columns);
  if (tree.all.length >= filterFrom) makeFilter(table, tree, tools);
  else tools.querySelectorAll("label, .shown").forEach(part => part.remove());
  tools.querySelector(".copy").addEventListener("click", event => copy(csvOf(table, tree, columns), event.currentTarget.nextElementSibling));
  tools.querySelector(".download").addEventListener("click", () => download(csvOf(table, tree, columns), table));
  table.before(tools);
}

const near = new IntersectionObserver((entries, observer) => {
  for (const { target, isIntersecting } of entries)
    if (isIntersecting) {
      observer.unobserve(target);
      addTools(target);
    }
}, { rootMargin: "100%" });

/** Adds what is said above to the tables below a place, as they come near. */
export function explore(place) {
  if (template) place.querySelectorAll(".scroll > table").forEach(table => near.observe(table));
}

explore(document);
