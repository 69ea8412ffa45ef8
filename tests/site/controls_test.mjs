#!/usr/bin/env node
/* Letters and contrast that people choose (themes/default/assets/controls.js). */
import assert from "node:assert/strict";
import { browserTests } from "./browser.mjs";

const tests = await browserTests({ init: "cmd/juesuan/init" });
const size = page => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
const colours = page => page.evaluate(() => [getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]);

tests.add("letters grow and shrink within bounds, on the next page and in the next visit, too", async (page, url) => {
    await page.goto(`${url}init/`);
    const larger = page.getByRole("button", { name: "放大字号" });
    assert.equal(await size(page), 16);
    for (let i = 0; i < 5; i++) await larger.click({ force: true });
    assert.equal(await size(page), 24);
    assert.equal(await larger.getAttribute("aria-disabled"), "true");
    await page.goto(`${url}init/departments/`);
    assert.equal(await size(page), 24);
    for (let i = 0; i < 9; i++) await page.getByRole("button", { name: "缩小字号" }).click({ force: true });
    assert.equal(await size(page), 14);
});

tests.add("paper has the letters of paper", async (page, url) => {
    await page.goto(`${url}init/`);
    await page.emulateMedia({ media: "print" });
    const before = await size(page);
    await page.emulateMedia({ media: "screen" });
    await page.getByRole("button", { name: "放大字号" }).click();
    await page.emulateMedia({ media: "print" });
    assert.equal(await size(page), before);
    assert.ok(!await page.locator(".controls").isVisible());
});

for (const colorScheme of ["light", "dark"])
    tests.add(`high contrast is black and white, remembered, and can be left (${colorScheme})`, async (page, url) => {
        await page.goto(`${url}init/`);
        const before = await colours(page);
        await page.getByRole("button", { name: "高对比度" }).focus();
        await page.keyboard.press("Space");
        const extreme = ["rgb(0, 0, 0)", "rgb(255, 255, 255)"];
        assert.deepEqual(await colours(page), colorScheme === "light" ? extreme : extreme.toReversed?.() ?? extreme.reverse());
        await page.reload();
        assert.equal(await page.getByRole("button", { name: "高对比度" }).getAttribute("aria-pressed"), "true");
        assert.notDeepEqual(await colours(page), before);
        await page.keyboard.press("Tab");
        await page.getByRole("button", { name: "高对比度" }).click();
        assert.deepEqual(await colours(page), before);
    }, { colorScheme });

tests.add("what is remembered wrongly does no harm", async (page, url) => {
    await page.goto(`${url}init/`);
    for (const wrong of ["{", "null", '{"size": 99, "contrast": "x"}', '{"size": "a"}', "[]"]) {
        await page.evaluate(text => localStorage.setItem("juesuan-display", text), wrong);
        await page.reload();
        assert.ok([16, 24].includes(await size(page)), wrong);
        await page.getByRole("button", { name: "缩小字号" }).click();
        assert.ok([14, 20].includes(await size(page)), wrong);
    }
});

tests.add("without JavaScript there is nothing to press", async (page, url) => {
    await page.goto(`${url}init/`);
    assert.equal(await page.locator("button:visible").count(), 0);
}, { javaScriptEnabled: false });

tests.add("at 320 px and the largest letters nothing is wider than the window", async (page, url) => {
    for (const path of ["", "departments/example/culture/2024/", "compare/", "sitemap/"]) {
        await page.goto(`${url}init/${path}`);
        for (let i = 0; i < 3; i++) await page.getByRole("button", { name: "放大字号" }).click({ force: true });
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 320, path);
    }
}, { viewport: { width: 320, height: 640 } });

await tests.run();
