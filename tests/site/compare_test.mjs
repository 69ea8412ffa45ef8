#!/usr/bin/env node
/* Two reports side by side: in the browser (themes/default/assets/compare.js), and the pages that are prepared. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { browserTests } from "./browser.mjs";

const culture = "departments/example/culture";

/*
 * Amounts that are hard to get right, all invented: [of the year before, of the year]. Rounding of halves, up and down;
 * debts; nothing; decimals that differ; more digits than a double has.
 */
const amounts = [["3.00", "3.01"], ["8000.00", "8000.10"], ["8000.00", "7999.90"], ["-5.00", "5.00"], ["0.00", "1.00"], ["1.00", "0.00"], ["0.3", "0.1"],
    ["7", "7.000"], ["9007199254740.93", "9007199254740.92"], ["2.00", "-1.00"], ["1.00", "123456.78"], ["200.00", "200.01"], ["400.00", "400.01"],
    ["1234567.89", "1234567.89"], ["16.00", "16.02"], ["6.00", "1.00"], ["1", { na: "dash" }], [{ na: "not-involved" }, "1.5"], ["-0.00", "0.00"], ["4000.00", "4000.3"]];

function change(file, how) {
    const report = JSON.parse(readFileSync(file));
    how(report);
    writeFileSync(file, JSON.stringify(report));
}

const tests = await browserTests({ shipped: "content", init: "cmd/juesuan/init" }, folder => {
    change(join(folder, "init-content/profiles/example-2024.json"), profile => {
        profile.tables.push({ ...profile.tables.find(table => table.id === "general_public_expenditure"), id: "government_fund", title: "虚构的表" });
    });
    ["2023", "2024"].forEach((year, side) => change(join(folder, `init-content/${culture}/${year}/report.json`), report => {
        const lines = amounts.map((pair, i) => ({ id: String(301 + i), label: `虚构的类 ${i}`, final: pair[side] }));
        report.tables.general_public_expenditure.lines.push(...lines);
        report.tables.government_fund = { status: "attachment-not-held", unit: side ? "元" : "万元", lines };
    }));
});

/* The tables of a page: by id, what the cells of each row say, codes and drawings left out. */
function read(page) {
    return page.locator("main section.table[id]").evaluateAll(sections => Object.fromEntries(sections.map(section => [section.id,
        [...section.querySelectorAll("tbody tr")].map(row => [...row.cells].filter(cell => !cell.matches(".code") && !cell.querySelector("svg") && !(cell.matches(".short") || cell === row.lastElementChild && !cell.matches(".number")))
            .map(cell => (cell.querySelector(":scope > small")?.remove(), cell.textContent.trim()))).sort()])));
}

async function shown(page) {
    await page.locator("#compared section").first().waitFor();
}

tests.add("what the browser works out is what juesuan has worked out, to the last digit", async (page, url) => {
    await page.goto(`${url}init/${culture}/2024/compare/`);
    const prepared = await read(page);
    assert.ok(Object.values(prepared).flat().length > 2 * amounts.length);
    await page.goto(`${url}init/compare/?a=example/culture/2024&b=example/culture/2023`);
    await shown(page);
    const worked = await read(page);
    for (const [id, rows] of Object.entries(prepared))
        assert.deepEqual(worked[id], rows, id);
    const rows = Object.fromEntries(worked["table-general_public_expenditure"].map(row => [row[0], row.slice(1)]));
    assert.deepEqual(rows["虚构的类 0"], ["3.01", "3.00", "+0.01", "+0.33"]);
    assert.deepEqual(rows["虚构的类 3"], ["5.00", "-5.00", "+10.00", ""]);
    assert.deepEqual(rows["虚构的类 8"], ["9,007,199,254,740.92", "9,007,199,254,740.93", "-0.01", "0.00"]);
    assert.deepEqual(rows["虚构的类 11"].at(-1), "+0.01"); // 0.005 %
    assert.deepEqual(rows["虚构的类 16"], ["——", "1", "", ""]);
});

tests.add("two departments of different years; the address leads to the same again", async (page, url) => {
    await page.goto(`${url}shipped/compare/`);
    await shown(page);
    assert.match(page.url(), /\?a=beijing\/fengtai\/zwfwj\/2021&b=shanghai\/putuo\/ghzyj\/2024$/);
    await page.getByRole("combobox", { name: "决算报表" }).selectOption("three_public");
    await page.waitForURL(/&table=three_public$/);
    await page.waitForFunction(() => document.querySelectorAll("#compared section").length === 1);
    const [table] = await page.locator("#compared section").all();
    const text = await table.innerText();
    await page.goto(page.url());
    await shown(page);
    assert.equal(await page.locator("#compared section").count(), 1);
    assert.equal(await page.locator("#compared section").innerText(), text);
    assert.match(text, /公务接待费/);
    assert.ok(await page.locator(".bars rect").count() > 0);
    await page.locator("#compared").getByRole("link", { name: "普陀区规划和自然资源局 2024" }).click();
    await page.waitForURL(`${url}shipped/departments/shanghai/putuo/ghzyj/2024/`);
});

tests.add("another department brings its years, and another year its figures", async (page, url) => {
    await page.goto(`${url}shipped/compare/?a=shanghai/putuo/ghzyj/2024&b=beijing/fengtai/zwfwj/2021`);
    await shown(page);
    const group = page.getByRole("group", { name: "与它对比的报告" });
    await group.getByRole("combobox", { name: "部门" }).selectOption("shanghai/putuo/ghzyj");
    await page.waitForURL(/b=shanghai\/putuo\/ghzyj\/2024$/);
    await shown(page);
    const figures = await read(page);
    for (const [, now, then, difference] of figures["table-income_expenditure_summary"]) {
        assert.equal(now, then);
        assert.match(difference, /^$|^0(\.0+)?$/);
    }
});

tests.add("what is compared can be sorted and copied", async (page, url) => {
    await page.goto(`${url}init/compare/?a=example/culture/2024&b=example/culture/2023&table=general_public_expenditure`);
    await shown(page);
    await page.getByRole("button", { name: "增减" }).click();
    assert.equal(await page.locator("#compared tbody th").first().innerText(), "虚构的类 10");
    assert.equal(await page.locator("#compared .copy").count(), 1);
});

tests.add("an address that leads nowhere shows something else; data that cannot be had are told", async (page, url) => {
    await page.goto(`${url}init/compare/?a=no/such/2024&b=x`);
    await shown(page);
    assert.match(page.url(), /\?a=example\/culture\/2024&b=example\/culture\/2023$/);
    await page.route("**/report.json", route => route.fulfill({ status: 200, body: "<" }));
    await page.reload();
    await page.getByText("没有读到报告的数据").waitFor();
});

tests.add("without JavaScript the prepared pages are there, and lead to each other", async (page, url) => {
    await page.goto(`${url}init/compare/`);
    assert.ok(!await page.locator("#compare").isVisible());
    await page.locator("#prepared").getByRole("link", { name: "2024" }).click();
    await page.waitForURL(`${url}init/${culture}/2024/compare/`);
    assert.match(await page.locator("h1").innerText(), /2023年度 → 2024年度/);
    await page.goto(`${url}init/${culture}/2024/`);
    await page.locator('main a[href="compare/"]').click();
    await page.waitForURL(`${url}init/${culture}/2024/compare/`);
}, { javaScriptEnabled: false });

tests.add("in English the page is English, and what is Chinese says so", async (page, url) => {
    await page.goto(`${url}shipped/en/compare/?table=three_public`);
    await shown(page);
    assert.equal(await page.getByRole("group", { name: "Compared with" }).count(), 1);
    await page.getByRole("button", { name: "Copy CSV" }).waitFor();
    const chinese = await page.locator("main *").evaluateAll(elements => elements.filter(element => !element.closest("[lang=zh-CN], template") &&
        [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && /[\u4e00-\u9fff]/.test(node.data))).map(element => element.outerHTML));
    assert.deepEqual(chinese.filter(html => !html.includes("不涉及")), []);
    assert.match(await page.locator("#compared .lead a").first().getAttribute("href"), /^\.\.\/departments\//);
});

await tests.run();
