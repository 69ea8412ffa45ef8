#!/usr/bin/env node
/* Tables are sorted, filtered and copied (themes/default/assets/explore.js). */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { browserTests, unfoldAll } from "./browser.mjs";

const shanghai = "shipped/departments/shanghai/putuo/ghzyj/2024/";
const fengtai = "shipped/departments/beijing/fengtai/zwfwj/2021/";
// a table whose heads are merged; the figures are invented
const invented = [
    { id: "212", final: "-12.50", basic: "0.30", project: "-12.80" },
    { id: "21203", label: "虚构的款", final: "-12.50", basic: "0.30", project: "-12.80" },
    { id: "208", final: "9.75", basic: "9.75" },
    { id: "229", label: "虚构的类", final: "-0.49", project: "-0.49" },
    { id: "total", final: "-3.24", basic: "10.05", project: "-13.29" },
];
const tests = await browserTests({ shipped: "content" }, folder => {
    const file = join(folder, "shipped-content/departments/shanghai/putuo/ghzyj/2024/report.json");
    const report = JSON.parse(readFileSync(file));
    report.tables.government_fund = { status: "present", lines: invented };
    writeFileSync(file, JSON.stringify(report));
});

async function openPage(page, address) {
    await page.goto(address);
    await unfoldAll(page);
}

/* The table whose first row head, in its section, is this one's. */
function tableIn(page, section) {
    return page.locator(`#${section} .scroll`).first();
}

/* What the cells of a column say, from the top; `column` counts from 0. */
function columnOf(table, column) {
    return table.locator("tbody tr").evaluateAll((rows, column) => rows.map(row => row.cells[column].innerText.replace(/\s*\[\d+\]\s*/, "").trim()), column);
}

async function sortBy(table, name) {
    const button = table.locator("thead").getByRole("button", { name, exact: true });
    await button.click();
    return button.locator("xpath=..").getAttribute("aria-sort");
}

tests.add("figures are sorted by value, absent ones last, and a third click brings back the order of the document", async (page, url) => {
    await openPage(page, url + fengtai);
    const table = page.locator(".panel.by-document .scroll");
    const before = await columnOf(table, 2);
    assert.equal(await sortBy(table, "全年执行数"), "descending");
    const values = await columnOf(table, 2);
    assert.notDeepEqual(values, before);
    const numbers = values.map(value => Number(value.replaceAll(",", "")));
    assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a));
    assert.equal(await sortBy(table, "全年执行数"), "ascending");
    assert.deepEqual(await columnOf(table, 2), [...values].reverse());
    assert.equal(await sortBy(table, "全年执行数"), null);
    assert.deepEqual(await columnOf(table, 2), before);
});

tests.add("negative figures and those beyond 2^53 are compared exactly", async (page, url) => {
    await openPage(page, url + shanghai);
    const order = await page.evaluate(async () => {
        const { compare, parse } = await import(new URL("../../../../../assets/decimal.js", location.href));
        return ["9,007,199,254,740,993.00", "-0.5", "0.00", "-12", "9,007,199,254,740,992.99", "0.39", "-0.49"].sort((a, b) => compare(parse(a), parse(b)));
    });
    assert.deepEqual(order, ["-12", "-0.5", "-0.49", "0.00", "0.39", "9,007,199,254,740,992.99", "9,007,199,254,740,993.00"]);
});

tests.add("parts stay below what they are parts of, and the total where it was", async (page, url) => {
    await openPage(page, url + shanghai);
    const table = tableIn(page, "table-general_public_expenditure");
    const before = await columnOf(table, 0);
    assert.ok(await sortBy(table, await table.locator("thead th.number button").first().innerText()));
    const codes = await columnOf(table, 0);
    assert.notDeepEqual(codes, before);
    assert.deepEqual([...codes].sort(), [...before].sort());
    const open = [];
    for (const code of codes.filter(Boolean)) {
        while (open.length && !code.startsWith(open.at(-1))) open.pop();
        assert.equal(open.at(-1) ?? "", code.length === 3 ? "" : code.slice(0, code.length - 2), `${code} is not below its parent`);
        open.push(code);
    }
    assert.equal(codes.indexOf(""), before.indexOf(""), "the total has moved");
    await table.locator(".fold").first().click(); // and is still folded as a whole
    const group = codes.find(Boolean);
    assert.equal(await table.locator("tbody tr:visible .code").evaluateAll((cells, group) => cells.filter(cell => cell.innerText.startsWith(group) && cell.innerText !== group).length, group), 0);
});

tests.add("under merged heads each column has its button, and negative figures are sorted as such", async (page, url) => {
    await openPage(page, url + shanghai);
    const table = tableIn(page, "table-government_fund");
    assert.equal(await table.locator("thead tr").count(), 2);
    assert.equal(await table.locator("th[colspan] button").count(), 0);
    assert.equal(await table.locator("thead button").count(), await table.locator("tbody tr").first().locator("> *").count());
    await sortBy(table, "合计");
    assert.deepEqual(await columnOf(table, 0), ["208", "229", "212", "21203", ""]);
    await sortBy(table, "合计");
    assert.deepEqual(await columnOf(table, 0), ["212", "21203", "229", "208", ""]);
    await sortBy(table, "项目支出"); // 208 has none
    assert.deepEqual(await columnOf(table, 0), ["229", "212", "21203", "208", ""]);
});

tests.add("a filter shows the rows that have all its words, with what they are parts of, folded ones too", async (page, url) => {
    await openPage(page, url + shanghai);
    const table = tableIn(page, "table-general_public_expenditure");
    await page.locator("#table-general_public_expenditure .depth input").first().check();
    const all = await table.locator("tbody tr").count();
    await table.getByRole("searchbox").fill("行政单位医疗 42.73");
    const codes = await table.locator("tbody tr:visible .code").allInnerTexts();
    assert.deepEqual(codes, ["210", "21011", "2101101"]);
    assert.match(await table.getByRole("status").first().innerText(), new RegExp(`^1 / ${all} 行$`));
    await table.getByRole("searchbox").fill("");
    assert.ok(!await table.getByRole("status").first().isVisible());
    assert.equal(await table.locator("tbody tr[hidden]").count(), 0);
});

tests.add("tables far away and folded ones have their tools when they come to be seen", async (page, url) => {
    await page.goto(url + shanghai);
    const far = tableIn(page, "table-three_public"), folded = page.locator("details:has(table)").first();
    assert.equal(await page.locator(".explore").count(), 0);
    await folded.locator("summary").click();
    await folded.locator(".explore").waitFor();
    const place = () => far.locator("table").evaluate(table => table.getBoundingClientRect().top);
    await far.evaluate(table => scrollTo(0, table.getBoundingClientRect().top + scrollY - 1.5 * innerHeight));
    await far.locator(".explore").waitFor({ state: "attached" });
    assert.ok(await place() > await page.evaluate(() => innerHeight));
});

tests.add("small tables have no filter, and those of one row nothing at all", async (page, url) => {
    await openPage(page, url + shanghai);
    for (const table of await page.locator(".scroll:has(> table)").all()) {
        const rows = await table.locator("tbody tr").count();
        assert.equal(await table.locator(".explore").count(), rows > 1 ? 1 : 0);
        assert.equal(await table.locator("[type=search]").count(), rows > 8 ? 1 : 0);
    }
});

/* A reader of RFC 4180. */
function readCsv(text) {
    assert.ok(text.endsWith("\r\n"));
    const rows = [[]];
    for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
        rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
        if (end !== ",") rows.push([]);
    }
    return rows.slice(0, -1);
}

tests.add("a table is copied as CSV, with its heads and the stated figures", async (page, url) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await openPage(page, url + shanghai);
    const table = tableIn(page, "table-general_public_expenditure");
    await table.getByRole("button", { name: "复制 CSV" }).click();
    await table.getByText("已复制").waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    const rows = readCsv(text.replace(/\r?\n/g, "\r\n"));
    assert.ok(rows.every(row => row.length === rows[0].length));
    assert.equal(rows[0][0], "科目编码");
    assert.equal(rows.length, 1 + await table.locator("tbody tr").count());
    const source = JSON.parse(readFileSync(new URL("../../content/departments/shanghai/putuo/ghzyj/2024/report.json", import.meta.url)));
    const final = rows[0].findIndex(title => /合计/.test(title));
    for (const line of source.tables.general_public_expenditure.lines.filter(line => /^\d/.test(line.id)))
        assert.equal(rows.find(row => row[0] === line.id)[final], line.final ?? "", line.id);
});

tests.add("a table is downloaded as CSV, without a byte order mark, only the rows that the filter shows", async (page, url) => {
    await openPage(page, url + fengtai);
    const table = page.locator(".panel.by-document .scroll");
    await table.getByRole("searchbox").fill("党");
    const [download] = await Promise.all([page.waitForEvent("download"), table.getByRole("button", { name: "下载 CSV" }).click()]);
    assert.equal(download.suggestedFilename(), "beijing-fengtai-zwfwj-2021-projects.csv");
    const bytes = readFileSync(await download.path());
    assert.notEqual(bytes[0], 0xef, "there is a byte order mark");
    const rows = readCsv(bytes.toString("utf8"));
    assert.ok(rows.length > 1 && rows.slice(1).every(row => row.join().includes("党")), rows.join("\n"));
});

tests.add("what CSV needs is quoted", async (page, url) => {
    await page.route("**/2021/", async route => {
        const response = await route.fetch();
        const body = (await response.text()).replace(/(by-document[\s\S]*?<th scope="row">)<a [^>]*>[^<]*<\/a>/, '$1a "b", c');
        await route.fulfill({ response, body });
    });
    await openPage(page, url + fengtai);
    const table = page.locator(".panel.by-document .scroll");
    const [download] = await Promise.all([page.waitForEvent("download"), table.getByRole("button", { name: "下载 CSV" }).click()]);
    const text = readFileSync(await download.path(), "utf8");
    assert.match(text, /^[^"\n]*\r\n"a ""b"", c",/);
});

tests.add("a project's, an evaluation's, the quality and the data tables can be sorted", async (page, url) => {
    for (const path of [`${fengtai}projects/p09/`, `${fengtai}evaluations/website/`, "shipped/quality/", "shipped/data/", "shipped/departments/shanghai/putuo/ghzyj/"]) {
        await openPage(page, url + path);
        const button = page.locator("thead button:visible").last();
        await button.click();
        assert.ok(await page.locator("[aria-sort]").count() === 1, path);
    }
});

await tests.run();
