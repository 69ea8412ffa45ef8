#!/usr/bin/env node
/* What every page must do in a browser: be there without JavaScript, on paper, and for those who have only keys. */
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

/* Where the focus is: what it is called, and whether it can be seen. */
function focused() {
    const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
    return {
        name: element.getAttribute("aria-label") ?? element.innerText?.trim() ?? "",
        inTable: Boolean(element.closest(".table")), region: element.getAttribute("role") === "region", tag: element.tagName,
        seen: box.width > 0 && box.right > 0 && (element.tagName === "INPUT" || style.outlineStyle !== "none" || element.matches(".skip")),
    };
}

tests.add("keys alone reach the skip link, the menu and the tables, and it is seen where one is", async (page, url) => {
    await page.goto(url + report);
    const stops = [];
    for (let i = 0; i < 200 && !stops.some(stop => stop.region); i++) {
        await page.keyboard.press("Tab");
        stops.push(await page.evaluate(focused));
    }
    assert.equal(stops[0].name, await page.locator(".skip").innerText());
    const menu = await page.locator("header.site li a").allInnerTexts();
    for (const name of menu)
        assert.ok(stops.some(stop => stop.name === name), `${name} is not reached`);
    assert.ok(stops.some(stop => stop.region && stop.inTable), "a table is not reached");
    assert.deepEqual(stops.filter(stop => !stop.seen), []);
});

tests.add("the skip link leads to the text", async (page, url) => {
    await page.goto(url + report);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#main$/);
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => Boolean(document.activeElement.closest("main"))));
});

await tests.run();
