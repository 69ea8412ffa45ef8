/*
 * The page that compares any two reports: it reads their report.json, and shows the final accounts of each table side by
 * side, with the difference and per cents that juesuan works out for the years of a department. What is compared stands
 * in the address: ?a=DEPARTMENT/YEAR&b=DEPARTMENT/YEAR&table=TABLE. Words come from the page.
 */
import { compare, formatSigned, group, parse, percent, shift, subtract } from "./decimal.js";
import { explore } from "./explore.js";

const form = document.getElementById("compare");
const output = document.getElementById("compared");
const status = document.getElementById("status");
const template = document.getElementById("compared-table");
const moneyUnits = [...document.getElementById("units").content.children];
const exponents = new Map(moneyUnits.map(unit => [unit.textContent, Number(unit.value)]));
const titles = new Map(moneyUnits.map(unit => [unit.textContent, unit.title])); // in the language of the page
const phrases = new Map([...document.getElementById("phrases").content.children].map(phrase => [phrase.textContent, phrase.value]));
const { aDepartment, aYear, bDepartment, bYear, table: tables } = form.elements;
const sides = [{ department: aDepartment, year: aYear }, { department: bDepartment, year: bYear }];
const reports = new Map(); // path -> promise of what is in it

function yearsOf(select) {
  return (select.selectedOptions[0]?.dataset.years ?? "").split(" ").filter(Boolean);
}

function fillYears({ department, year }, wanted) {
  const years = yearsOf(department);
  year.replaceChildren(...years.map(value => new Option(value)));
  if (years.includes(wanted)) year.value = wanted;
}

/* "beijing/fengtai/zwfwj/2021" into both selects; whether there is such a report. */
function choose(side, path) {
  const [, id, year] = /^(.+)\/(\d+)$/.exec(path ?? "") ?? [];
  if (![...side.department.options].some(option => option.value === id)) return false;
  side.department.value = id;
  fillYears(side, year);
  return side.year.value === year;
}

function pathOf({ department, year }) {
  return `${department.value}/${year.value}`;
}

function nameOf({ department, year }) {
  return `${department.selectedOptions[0].text} ${year.value}`;
}

/* --- figures --- */

function lineQuantities(report, table) {
  return new Map((report.tables?.[table]?.lines ?? []).filter(line => line.final).map(line => [line.id, line]));
}

function written(quantity) {
  if (!quantity) return "";
  if (quantity.na) return form.dataset[quantity.na === "dash" ? "dash" : "notInvolved"];
  return group(quantity.stated ?? "");
}

/* A name of the sources in the language of the page, or else marked as being in theirs. */
function foreign(element) {
  if (phrases.has(element.textContent)) {
    element.textContent = phrases.get(element.textContent);
    return element;
  }
  if (form.dataset.lang) element.lang = form.dataset.lang;
  return element;
}

/* The number that a quantity states, in its own unit, with what makes 元 of it; null when it states none. */
function numberOf(quantity) {
  const number = quantity?.stated ? parse(quantity.stated) : null;
  return number && { number, unit: quantity.unit, exponent: exponents.get(quantity.unit) };
}

function inYuan({ number, exponent }) {
  return shift(number, exponent ?? 0);
}

/* [difference, per cent], as lib/check/difference.c tells them. */
export function change(newer, older) {
  const a = numberOf(newer), b = numberOf(older);
  if (!a || !b || (a.unit !== b.unit && (a.exponent === undefined || b.exponent === undefined))) return ["", ""];
  const difference = subtract(inYuan(a), inYuan(b));
  const decimals = a.unit === b.unit ? Math.max(a.number.scale, b.number.scale) : a.number.scale;
  const share = percent(difference, inYuan(b));
  const inUnit = { units: difference.units, scale: difference.scale + (a.exponent ?? 0) };
  return [formatSigned(inUnit, decimals), share ? formatSigned(share, 2) : ""];
}

/* --- one table --- */

function isTotal(id) {
  return /(^|-)total$/.test(id);
}

function cell(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function magnitude(quantity) {
  const n = numberOf(quantity);
  if (!n) return null;
  const yuan = inYuan(n);
  return { units: yuan.units < 0n ? -yuan.units : yuan.units, scale: yuan.scale, negative: yuan.units < 0n };
}

function bars(magnitudes, most) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "bars");
  svg.setAttribute("viewBox", "0 0 100 16");
  svg.setAttribute("aria-hidden", "true");
  magnitudes.forEach((size, i) => {
    const bar = document.createElementNS(svg.namespaceURI, "rect");
    const share = size && most.units ? percent(size, most) : null;
    if (!share || !size.units) return;
    bar.setAttribute("class", `${i ? "b" : "a"}${size.negative ? " negative" : ""}`);
    bar.setAttribute("y", i ? 9 : 1);
    bar.setAttribute("height", 6);
    bar.setAttribute("width", Math.max(Number(share.units) / 100, 0.5));
    svg.append(bar);
  });
  return svg;
}

/* As the first report has them, those of the second alone behind what they follow there; only codes in their own order. */
function orderOf(one, other) {
  const ids = [...one.keys()], isCode = id => /^\d/.test(id);
  let last = -1;
  for (const id of other.keys()) {
    if (!one.has(id)) ids.splice(last + 1, 0, id);
    last = ids.indexOf(id);
  }
  if (!ids.every(id => isCode(id) || isTotal(id))) return ids;
  return [...ids.filter(isCode).sort(), ...ids.filter(id => !isCode(id))];
}

/* The unit of a column, if it has one; units of other figures stand beside them. */
function unitOf(lines) {
  return [...lines.values()].map(line => line.final.unit).find(unit => exponents.has(unit)) ?? "";
}

function unitCell(unit) {
  return titles.has(unit) ? cell("small", titles.get(unit)) : foreign(cell("small", unit));
}

function amountCell(quantity, unit) {
  const made = cell("td", written(quantity), `number${quantity?.stated?.startsWith("-") ? " negative" : ""}`);
  if (quantity?.unit && quantity.unit !== unit) made.append(" ", unitCell(quantity.unit));
  return made;
}

function rowOf(id, lines, units, most) {
  const line = lines[0].get(id) ?? lines[1].get(id), quantities = lines.map(side => side.get(id)?.final);
  const row = document.createElement("tr"), isCode = /^\d/.test(id);
  row.className = `level${isCode ? (id.length - 3) / 2 : 0}${isTotal(id) ? " total" : ""}`;
  const label = foreign(cell("th", line.label ?? id));
  label.scope = "row";
  const drawn = document.createElement("td");
  drawn.append(bars(quantities.map(magnitude), most));
  row.append(cell("td", isCode ? id : "", "code"), label, ...quantities.map((quantity, i) => amountCell(quantity, units[i])),
    ...change(...quantities).map(text => cell("td", text, "number")), drawn);
  return row;
}

function largest(lines) {
  return lines.flatMap(side => [...side.values()]).map(line => magnitude(line.final)).filter(Boolean)
    .reduce((most, size) => (compare(size, most) > 0 ? size : most), { units: 0n, scale: 0 });
}

function tableOf(id, pair, names) {
  const lines = pair.map(report => lineQuantities(report, id)), units = lines.map(unitOf);
  const section = template.content.firstElementChild.cloneNode(true);
  const title = (pair[0].tables?.[id] ?? pair[1].tables[id]).title, body = section.querySelector("tbody"), most = largest(lines);
  section.id = `table-${id}`;
  const heading = section.querySelector("h2");
  heading.textContent = title;
  section.querySelector(".scroll").setAttribute("aria-label", foreign(heading).textContent);
  section.querySelectorAll(".side").forEach((head, i) => head.append(foreign(cell("span", names[i])), unitCell(units[i])));
  for (const line of orderOf(...lines)) body.append(rowOf(line, lines, units, most));
  if (![...body.rows].some(row => row.cells[0].textContent)) section.querySelectorAll("tr > :first-child").forEach(code => code.remove());
  return section;
}

/* --- the page --- */

function read(path) {
  if (!reports.has(path))
    reports.set(path, fetch(`${form.dataset.root}departments/${path}/report.json`).then(response => {
      if (!response.ok) throw new Error(path);
      return response.json();
    }));
  return reports.get(path);
}

/* Those in which either report has final accounts. */
function tableIds(pair) {
  return [...new Set(pair.flatMap(report => Object.keys(report.tables ?? {})))].filter(id => pair.some(report => lineQuantities(report, id).size));
}

/* What is compared, each a link to its report. */
function headOf() {
  const head = cell("p", "", "lead");
  sides.forEach((side, i) => {
    const link = foreign(cell("a", nameOf(side)));
    link.href = `${form.dataset.home}departments/${pathOf(side)}/`;
    head.append(i ? " ↔ " : "", link);
  });
  return head;
}

function fillTables(pair, wanted) {
  const ids = tableIds(pair);
  tables.replaceChildren(tables.options[0], ...ids.map(id => foreign(new Option((pair[0].tables?.[id] ?? pair[1].tables[id]).title, id))));
  tables.value = ids.includes(wanted) ? wanted : "";
  return tables.value ? [tables.value] : ids;
}

function remember() {
  const address = new URL(location.href);
  address.search = "";
  const asked = [["a", pathOf(sides[0])], ["b", pathOf(sides[1])], ["table", tables.value]].filter(([, value]) => value);
  address.search = asked.map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%2F", "/")}`).join("&");
  history.replaceState(null, "", address);
}

async function show(table = tables.value) {
  const paths = sides.map(pathOf);
  output.replaceChildren();
  status.textContent = form.dataset.loading;
  try {
    const pair = await Promise.all(paths.map(read));
    if (paths.some((path, i) => path !== pathOf(sides[i]))) return; // something else was chosen meanwhile
    const sameDepartment = aDepartment.value === bDepartment.value;
    const names = sides.map(side => (sameDepartment ? side.year.value : nameOf(side)));
    output.replaceChildren(headOf(), ...fillTables(pair, table).map(id => tableOf(id, pair, names)));
    explore(output);
    status.textContent = output.childElementCount > 1 ? "" : form.dataset.nothing;
    remember();
  } catch {
    paths.forEach(path => reports.delete(path));
    status.textContent = form.dataset.failed;
  }
}

/* The year before; or another department of the year; or any other. */
function chooseOther() {
  const years = yearsOf(aDepartment), earlier = years[years.indexOf(aYear.value) + 1];
  if (earlier) return choose(sides[1], `${aDepartment.value}/${earlier}`);
  const others = [...bDepartment.options].filter(option => option.value !== aDepartment.value && option.dataset.years);
  const other = others.find(option => option.dataset.years.split(" ").includes(aYear.value)) ?? others[0] ?? aDepartment.selectedOptions[0];
  const otherYears = other.dataset.years.split(" ");
  return choose(sides[1], `${other.value}/${otherYears.includes(aYear.value) ? aYear.value : otherYears[0]}`);
}

function start() {
  const asked = new URLSearchParams(location.search);
  const options = [...aDepartment.options];
  bDepartment.append(...[...aDepartment.children].map(child => child.cloneNode(true)));
  if (!choose(sides[0], asked.get("a"))) {
    const first = options.find(option => option.dataset.years.includes(" ")) ?? options.find(option => option.dataset.years);
    if (!first) return;
    choose(sides[0], `${first.value}/${first.dataset.years.split(" ")[0]}`);
  }
  if (!choose(sides[1], asked.get("b"))) chooseOther();
  for (const side of sides) {
    side.department.addEventListener("change", () => {
      fillYears(side, side.year.value);
      show();
    });
    side.year.addEventListener("change", () => show());
  }
  tables.addEventListener("change", () => show());
  form.addEventListener("submit", event => event.preventDefault());
  form.hidden = false;
  show(asked.get("table") ?? "");
}

start();
