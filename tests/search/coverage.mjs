// node coverage.mjs SITE
//
// Whether what stands on the pages is found, and where it stands: the names in each report.json and a piece
// of each paragraph of each narrative; and whether all that results link to is there.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { load, openIndex, random } from "./site.mjs";

const site = process.argv[2];
const { fold } = await load(site);
const { index } = await openIndex(site);
const below = random(1);
let wrong = 0, looked = 0;
const say = (...what) => ++wrong <= 10 && console.log(...what);

// Whether a query gives a result that links there, or below.
async function isFound(query, path) {
  looked++;
  for await (const text of (await index.search(query)).results())
    for (const occurrence of await index.allOccurrences(text))
      if ((await index.whereIs(occurrence)).path.startsWith(path)) return;
  say(`${JSON.stringify(query)} does not lead to ${path}`);
}

const reports = readdirSync(site, { recursive: true }).filter((path) => path.endsWith("/report.json"));
for (const path of reports) {
  const report = JSON.parse(readFileSync(`${site}/${path}`)), folder = path.replace("report.json", "");
  await isFound(report.department_name, folder);
  for (const [table, { title, lines }] of Object.entries(report.tables ?? {})) {
    await isFound(title, `${folder}#table-${table}`);
    for (const line of lines ?? []) {
      await isFound(line.label ?? line.id, `${folder}#${table}.${line.id}`);
      if (/^\d+$/.test(line.id)) await isFound(line.id, `${folder}#${table}.${line.id}`);
    }
  }
  for (const project of (report.projects ?? []).slice(0, 4)) {
    await isFound(project.name, `${folder}projects/${project.id}/`);
    if (project.goal) await isFound(project.goal.slice(0, 30), `${folder}projects/${project.id}/#goals`);
    for (const { id, name } of project.indicators ?? []) if (name) await isFound(name, `${folder}projects/${project.id}/#indicators.${id}`);
  }
  for (const { id, name, criteria } of report.evaluations ?? []) {
    await isFound(name, `${folder}evaluations/${id}/`);
    for (const criterion of criteria ?? []) await isFound(criterion.name, `${folder}evaluations/${id}/#criteria.${criterion.id}`);
  }
  const [, narrative] = /<section id="narrative"[^]*?<\/nav>([^]*?)<\/section>/.exec(readFileSync(`${site}/${folder}index.html`)) ?? [];
  for (const [, html] of (narrative ?? "").replace(/<details[^]*?<\/details>/g, "").matchAll(/<(?:p|li|td)>([^]*?)<\/(?:p|li|td)>/g)) {
    const text = html.replace(/<[^>]*>/g, "").replace(/&quot;/g, '"').replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
    const runs = fold(text).runs.split("\0").filter((run) => run);
    if (runs.length) await isFound(runs[below(runs.length)].slice(0, 12), `${folder}#`);
  }
}

const anchors = new Map();
function anchorsOf(page) {
  if (!anchors.has(page)) {
    const file = `${site}/${page}index.html`;
    const html = existsSync(file) ? readFileSync(file, "utf8") : null;
    anchors.set(page, html && new Set(["", ...Array.from(html.matchAll(/ id="([^"]*)"/g), ([, id]) => id)]));
  }
  return anchors.get(page);
}
let links = 0;
for (let id = 0; id < index.textStarts.at(-1); id++)
  for (const occurrence of await index.allOccurrences(await index.text(id))) {
    const { path } = await index.whereIs(occurrence), [page, anchor = ""] = path.split("#");
    links++;
    if (!anchorsOf(page)) say(`there is no page ${page}`);
    else if (!anchorsOf(page).has(anchor)) say(`${page} has no ${anchor}`);
  }
console.log(`${looked} texts of ${reports.length} reports looked for, ${links} links followed; ${wrong} wrong`);
process.exitCode = wrong ? 1 : 0;
