#!/usr/bin/env node
/* Each figure has an address of its own (themes/default/assets/cite.js); what a page weighs. */
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { browserTests } from "./browser.mjs";

const shanghai = "shipped/departments/shanghai/putuo/ghzyj/2024/";
const fengtai = "shipped/departments/beijing/fengtai/zwfwj/2021/";
const figure = "general_public_expenditure.2080505.final";
const tests = await browserTests({ shipped: "content" });

function background(page, id) {
    return page.evaluate(id => getComputedStyle(document.getElementById(id)).backgroundColor, id);
}

tests.add("the address of a figure leads to it, and marks it and no other", async (page, url) => {
    for (const [path, id] of [[shanghai, figure], [`${fengtai}projects/p09/`, "funds.total.executed"], [`${fengtai}evaluations/website/`, "criteria.basis.expert-1"]]) {
        await page.goto(`${url}${path}#${id}`);
        const mark = await background(page, id);
        assert.notEqual(mark, "rgba(0, 0, 0, 0)", id);
        assert.equal(await page.locator("td").evaluateAll((cells, mark) => cells.filter(cell => getComputedStyle(cell).backgroundColor === mark).length, mark), 1, id);
        assert.ok(await page.evaluate(id => {
            const box = document.getElementById(id).getBoundingClientRect();
            return box.top >= 0 && box.bottom <= innerHeight;
        }, id), `${id} is not in sight`);
    }
}, { javaScriptEnabled: false });

tests.add("with what scripts add above it, it is still in sight", async (page, url) => {
    await page.goto(`${url}${shanghai}#${figure}`);
    assert.ok(await page.evaluate(id => {
        const box = document.getElementById(id).getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight;
    }, figure));
});

tests.add("beside the figure that the pointer is over is a link that copies its address", async (page, url) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(url + shanghai);
    const cell = page.locator(`[id="${figure}"]`);
    assert.equal(await page.locator(".cite").count(), 0);
    await cell.hover();
    await page.getByRole("link", { name: "复制这个数字的地址" }).click();
    await cell.getByText("已复制").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${url}${shanghai}#${figure}`);
    assert.equal(new URL(page.url()).hash, `#${figure}`);
    assert.equal(await page.locator(".cite").count(), 1);
});

tests.add("keys reach one figure of each table, from there the others, and copy the address", async (page, url) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(url + shanghai);
    const table = page.locator("#table-general_public_expenditure table");
    assert.equal(await table.locator('td[tabindex="0"]').count(), 1);
    await table.locator('td[tabindex="0"]').focus();
    const first = await page.evaluate(() => document.activeElement.id);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    const second = await page.evaluate(() => document.activeElement.id);
    assert.notEqual(second.split(".")[1], first.split(".")[1]);
    assert.notEqual(second.split(".")[2], first.split(".")[2]);
    assert.equal(await table.locator('td[tabindex="0"]').getAttribute("id"), second);
    await page.keyboard.press("Enter");
    await page.locator('.cite [role=status]').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${url}${shanghai}#${second}`);
    assert.equal(await page.evaluate(() => document.activeElement.id), second);
});

tests.add("what is copied as CSV has nothing of the link in it", async (page, url) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(url + shanghai);
    const before = await page.locator(`[id="${figure}"]`).innerText();
    await page.locator(`[id="${figure}"]`).hover();
    await page.locator("#table-general_public_expenditure").getByRole("button", { name: "复制 CSV" }).click();
    await page.locator("#table-general_public_expenditure").getByText("已复制").first().waitFor();
    const line = (await page.evaluate(() => navigator.clipboard.readText())).split(/\r?\n/).find(line => line.startsWith("2080505,"));
    assert.ok(line.includes(`,${before.trim()},`) && !line.includes("#"), line);
});

tests.add("paper says at its head where the page is", async (page, url) => {
    await page.goto(url + shanghai);
    await page.emulateMedia({ media: "print" });
    assert.match(await page.locator(".printed").innerText(), /departments\/shanghai\/putuo\/ghzyj\/2024\//);
    assert.ok(await page.locator(".printed").isVisible() && !await page.locator(".languages").isVisible());
});

for (const path of [shanghai, fengtai, shanghai.replace("/", "/en/"), fengtai.replace("/", "/en/")])
    tests.add(`${path} with all that it loads has at most 60 KB, compressed`, async (page, url) => {
        const loaded = [];
        page.on("response", response => loaded.push(response));
        await page.goto(url + path, { waitUntil: "networkidle" });
        const sizes = await Promise.all(loaded.map(async response => [response.url().slice(url.length), gzipSync(await response.body(), { level: 9 }).length]));
        assert.ok(sizes.some(([path]) => path.endsWith("explore.js")) && sizes.some(([path]) => path.endsWith("style.css")));
        if (!sizes.some(([path]) => path.endsWith("icon.svg"))) { // a browser without windows asks for it only once
            const icon = await page.request.get(new URL(await page.locator("link[rel=icon]").getAttribute("href"), page.url()).href);
            sizes.push(["icon.svg", gzipSync(await icon.body(), { level: 9 }).length]);
        }
        const sum = sizes.reduce((sum, [, size]) => sum + size, 0);
        console.log(`# ${sum} bytes: ${sizes.map(([path, size]) => `${path.split("/").at(-1) || "page"} ${size}`).join(", ")}`);
        assert.ok(sum <= 60 * 1024, sizes.join("\n"));
    });

await tests.run();
