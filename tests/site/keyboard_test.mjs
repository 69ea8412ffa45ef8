#!/usr/bin/env node
/* Everything on a page can be reached and used with keys alone, and it is seen where one is. */
import assert from "node:assert/strict";
import { browserTests } from "./browser.mjs";

const report = "shipped/departments/shanghai/putuo/ghzyj/2024/";
const fengtai = "shipped/departments/beijing/fengtai/zwfwj/2021/";
const tests = await browserTests({ shipped: "content" });
const most = 1500; // more stops than any page has

/* Remembers where the focus goes: what it is called, whether it can be seen, and whether it went back. */
function remember() {
    const radios = new Set(), all = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter(element => {
        const group = element.type === "radio" && element.name;
        return element.checkVisibility() && (!group || element.checked && !radios.has(group) && radios.add(group));
    });
    const stops = globalThis.stops = [];
    let last = null;
    addEventListener("focusin", ({ target }) => {
        const shown = target.matches(".orders > input") ? target.nextElementSibling : target;
        const style = getComputedStyle(shown), box = shown.getBoundingClientRect();
        const name = target.getAttribute("aria-label") ?? (target.labels?.[0] ?? target).textContent.trim();
        stops.push({
            tag: target.tagName, name, seen: box.width > 0 && box.right > 0 && box.bottom > 0 && box.top < innerHeight && style.outlineStyle !== "none",
            forward: !last || Boolean(last.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING), again: stops.again = target === stops.first,
        });
        stops.first ??= last ? stops.first : target;
        last = target;
        all.splice(0, all.length, ...all.filter(element => element !== target && !element.contains(target.closest(".cite"))));
    });
    stops.left = () => all.filter(element => element.checkVisibility()).map(element => element.outerHTML.slice(0, 120));
}

const walked = [report, "shipped/en/compare/"];
if (process.env.FULL)
    walked.push("shipped/", "shipped/en/departments/beijing/fengtai/zwfwj/2021/", "shipped/data/", "shipped/quality/");
for (const path of walked)
    tests.add(`${path}: the Tab key comes by everything that can be used, in the order of the page, and out again`, async (page, url) => {
        await page.goto(url + path, { waitUntil: "networkidle" });
        await page.evaluate(remember);
        for (let i = 0; i < most && !await page.evaluate(() => globalThis.stops.again || document.activeElement === document.body && globalThis.stops.length > 0); i += 10)
            for (let j = 0; j < 10; j++)
                await page.keyboard.press("Tab");
        const stops = await page.evaluate(() => globalThis.stops);
        const once = stops.slice(0, stops.findIndex(stop => stop.again) + 1 || stops.length).filter(stop => !stop.again);
        assert.equal(once[0].name, await page.locator(".skip").innerText());
        assert.ok(once.length > 10 && once.length < most, `${once.length} stops`);
        assert.deepEqual(once.filter(stop => !stop.seen || !stop.forward || !stop.name), []);
        assert.deepEqual(await page.evaluate(() => globalThis.stops.left()), []);
    });

/* Presses Tab until the focus is on an element. */
async function tabTo(page, locator) {
    const wanted = await locator.elementHandle();
    for (let i = 0; i < 200; i++) {
        await page.keyboard.press("Tab");
        if (await wanted.evaluate(element => element === document.activeElement))
            return;
    }
    assert.fail(`the Tab key does not reach ${locator}`);
}

/* Goes to a section by the contents of the page. */
async function follow(page, href) {
    await tabTo(page, page.locator(`.contents a[href="${href}"]`).first());
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`${href}$`));
}

tests.add("the skip link leads to the text", async (page, url) => {
    await page.goto(url + report);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#main$/);
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => Boolean(document.activeElement.closest("main"))));
});

tests.add("letters and contrast", async (page, url) => {
    await page.goto(url + report);
    await tabTo(page, page.getByRole("button", { name: "放大字号" }));
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "18px");
    await tabTo(page, page.getByRole("button", { name: "高对比度" }));
    await page.keyboard.press("Enter");
    assert.ok(await page.evaluate(() => document.documentElement.matches(".contrast")));
});

tests.add("a table is scrolled, folded, filtered, sorted and copied", async (page, url) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(url + report);
    await follow(page, "#table-general_public_expenditure");
    const section = page.locator("#table-general_public_expenditure"), rows = section.locator("tbody tr:visible"), codes = section.locator("tbody tr:visible .code");
    const all = await rows.count();
    await tabTo(page, section.locator(".depth input:checked"));
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    assert.ok(await codes.evaluateAll(codes => codes.every(code => code.textContent.length <= 3)));
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.equal(await rows.count(), all);
    await tabTo(page, section.getByRole("region").first());
    await tabTo(page, section.getByRole("searchbox"));
    await page.keyboard.type("住房公积金");
    assert.ok(await rows.count() < all);
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    assert.equal(await rows.count(), all);
    await tabTo(page, section.getByRole("button", { name: "复制 CSV" }));
    await page.keyboard.press("Enter");
    await section.getByText("已复制").first().waitFor();
    const before = await codes.allInnerTexts();
    await tabTo(page, section.locator("thead th.number button").first());
    await page.keyboard.press("Enter");
    assert.equal(await section.locator("[aria-sort=descending]").count(), 1);
    assert.notDeepEqual(await codes.allInnerTexts(), before);
    await tabTo(page, section.locator(".fold input").first());
    await page.keyboard.press("Space");
    assert.ok(await rows.count() < all);
}, { viewport: { width: 800, height: 600 } });

tests.add("projects in another order", async (page, url) => {
    await page.goto(url + fengtai);
    await follow(page, "#projects");
    await tabTo(page, page.locator(".orders > input:checked"));
    await page.keyboard.press("ArrowRight");
    assert.ok(!await page.locator(".panel.by-document").isVisible());
    assert.equal(await page.locator(".panel:visible").count(), 1);
});

tests.add("two reports are chosen and compared, and what comes is used", async (page, url) => {
    await page.goto(`${url}shipped/compare/`);
    await page.locator("#compared section").first().waitFor();
    await tabTo(page, page.getByRole("group", { name: "与它对比的报告" }).getByRole("combobox", { name: "部门" }));
    await page.keyboard.press("ArrowUp");
    await page.waitForURL(/b=beijing\/fengtai\/zwfwj\/2021/);
    await tabTo(page, page.getByRole("combobox", { name: "决算报表" }));
    await page.keyboard.press("ArrowDown");
    await page.waitForURL(/&table=/);
    await page.waitForFunction(() => document.querySelectorAll("#compared section").length === 1);
    await tabTo(page, page.locator("#compared").getByRole("button", { name: "增减" }).first());
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("#compared [aria-sort]").count(), 1);
});

await tests.run();
