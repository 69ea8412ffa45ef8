#!/usr/bin/env node
/* What every page must do in a browser: be there without JavaScript, and on paper. */
import assert from "node:assert/strict";
import { browserTests } from "./browser.mjs";

const report = "shipped/departments/shanghai/putuo/ghzyj/2024/";
const tests = await browserTests({ shipped: "content" });

tests.add("without JavaScript the tables of a report are there, with their figures", async (page, url) => {
    await page.goto(url + report);
    const table = page.locator("#table-income_expenditure_summary");
    assert.ok(await table.getByRole("table").first().isVisible());
    assert.match(await table.innerText(), /9,746\.50/);
    assert.equal(await page.locator("#tables > section").count(), 9);
    assert.equal(await page.locator("button:visible").count(), 0, "what needs JavaScript does not show");
}, { javaScriptEnabled: false });

tests.add("paper has no navigation, and says where the page is", async (page, url) => {
    await page.goto(url + report);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("nav:visible").count(), 0);
    assert.equal(await page.locator(".skip:visible").count(), 0);
    const addresses = await page.locator(".address:visible").allInnerTexts();
    assert.ok(addresses.some(text => text.includes("departments/shanghai/putuo/ghzyj/2024/")), addresses.join());
    assert.equal((await page.pdf({ format: "A4" })).subarray(0, 4).toString(), "%PDF");
});

await tests.run();
