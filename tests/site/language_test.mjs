#!/usr/bin/env node
/* Two languages: what a reader of English sees, and the way from one language to the other. What pages say as they are built is looked at in site_check_test.py. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { browserTests, seeAll, unfoldAll } from "./browser.mjs";

const base = "https://example.org/accounts/";
const shanghai = "departments/shanghai/putuo/ghzyj/2024/";
const fengtai = "departments/beijing/fengtai/zwfwj/2021/";
const tests = await browserTests({ shipped: "content" }, folder => {
    const file = join(folder, "shipped-content/site.json");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file)), base_url: base })); // without it no page knows its address
});

/* Every page of the site, in its own language, as far as the site's list of pages knows. */
function pagesOf(page, url) {
    return page.evaluate(async ({ url, base }) => {
        const sitemap = new DOMParser().parseFromString(await (await fetch(`${url}shipped/sitemap.xml`)).text(), "application/xml");
        return [...sitemap.getElementsByTagName("loc")].map(({ textContent }) => textContent.slice(base.length));
    }, { url, base });
}

/* What of the page is Chinese and does not say so: texts, and what attributes say. */
function strange(page) {
    return page.evaluate(() => {
        const spoken = ["aria-label", "aria-description", "aria-valuetext", "title", "alt", "placeholder", "value", "label", "data-label"];
        const isChinese = element => element.closest("[lang]").getAttribute("lang") === "zh-CN", found = [];
        for (const element of document.body.querySelectorAll("*")) {
            if (element.closest("script, template, style")) continue;
            const said = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ data }) => data).concat(spoken.map(name => element.getAttribute(name) ?? ""));
            for (const text of said)
                if (/\p{Script=Han}/u.test(text) && !isChinese(element)) found.push(`${element.tagName} ${text.trim().slice(0, 60)}`);
        }
        return found;
    });
}

/* What buttons, labels, heads of tables and messages say, the names in Chinese left out. */
function controlsOf(page) {
    return page.evaluate(() => [...document.querySelectorAll("button, label, legend, summary, [role=status], option, thead th")].map(element => {
        const copy = element.cloneNode(true);
        copy.querySelectorAll("[lang=zh-CN]").forEach(part => part.remove());
        return element.closest("[lang]").getAttribute("lang") === "zh-CN" ? "" : `${copy.textContent} ${element.getAttribute("aria-label") ?? ""}`.trim();
    }).filter(Boolean));
}

async function speaksEnglish(page) {
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    assert.deepEqual(await strange(page), []);
    const controls = await controlsOf(page);
    assert.ok(controls.some(text => /[a-z]{3}/i.test(text)));
    assert.deepEqual(controls.filter(text => /\p{Script=Han}/u.test(text)), []);
}

tests.add("the switch leads to the same page in the other language, and back", async (page, url) => {
    for (const path of ["", shanghai, `${fengtai}projects/p09/`, "glossary/", "data/dictionary/"]) {
        await page.goto(`${url}shipped/${path}`);
        assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");
        const heading = await page.locator("h1").innerText();
        await page.getByRole("link", { name: "English", exact: true }).click();
        await page.waitForURL(`${url}shipped/en/${path}`);
        assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
        await page.getByRole("link", { name: "中文", exact: true }).click();
        await page.waitForURL(`${url}shipped/${path}`);
        assert.equal(await page.locator("h1").innerText(), heading);
    }
});

tests.add("what was asked, compared or pointed at goes along", async (page, url) => {
    for (const rest of ["search/?q=党+经费&type=indicator", "compare/?a=shanghai/putuo/ghzyj/2024&b=beijing/fengtai/zwfwj/2021", `${shanghai}#income.2210201.final`]) {
        await page.goto(url + "shipped/" + rest);
        await page.locator("#search-status:not(:empty), #compared section, td:target").first().waitFor();
        const { search, hash } = new URL(page.url());
        await page.getByRole("link", { name: "English", exact: true }).click();
        await page.waitForURL(address => address.pathname.startsWith("/shipped/en/"));
        assert.deepEqual([new URL(page.url()).search, new URL(page.url()).hash], [search, hash]);
        await page.locator("#search-status:not(:empty), #compared section, td:target").first().waitFor();
    }
    await page.goto(`${url}shipped/search/?q=党`);
    await page.locator("#search-results > li").first().waitFor();
    await page.locator("#query").fill("住房公积金"); // and what is in the address since
    await page.locator("#search-status").filter({ hasText: /^5 / }).waitFor();
    await page.getByRole("link", { name: "English", exact: true }).click();
    await page.waitForURL(/\/en\/search\//);
    await page.locator("#search-status").filter({ hasText: "Results: 5" }).waitFor();
});

tests.add("without JavaScript the switch leads there, too", async (page, url) => {
    await page.goto(`${url}shipped/${shanghai}`);
    await page.getByRole("link", { name: "English", exact: true }).click();
    await page.waitForURL(`${url}shipped/en/${shanghai}`);
    await page.getByRole("link", { name: "中文", exact: true }).click();
    await page.waitForURL(`${url}shipped/${shanghai}`);
}, { javaScriptEnabled: false });

tests.add("each page says where it is in both languages; figures are the same; English leads to English", async (page, url) => {
    await page.goto(`${url}shipped/`);
    const paths = (await pagesOf(page, url)).filter(path => !path.startsWith("en/"));
    assert.ok(paths.length > 35, `${paths.length} pages`);
    const wrong = await page.evaluate(async ({ url, base, paths }) => {
        const wrong = [];
        const read = async path => new DOMParser().parseFromString(await (await fetch(`${url}shipped/${path}`)).text(), "text/html");
        const numbers = page => [...page.querySelectorAll("td.number")].map(cell => cell.textContent.match(/[-+]?\d[\d,.]*/g)).join("|"); // beside words such as 不涉及
        for (const path of paths) {
            const pages = [await read(path), await read(`en/${path}`)];
            pages.forEach((page, i) => {
                const found = [...page.querySelectorAll("link[hreflang]")].map(link => `${link.hreflang} ${link.getAttribute("href")}`).sort();
                const expected = [`en ${base}en/${path}`, `x-default ${base}${path}`, `zh-CN ${base}${path}`];
                if (found.join() !== expected.join()) wrong.push(`${path}: ${found}`);
                if (page.documentElement.lang !== ["zh-CN", "en"][i]) wrong.push(`${path}: ${page.documentElement.lang}`);
                const here = `${base}${i ? "en/" : ""}${path}`;
                if (page.querySelector("link[rel=canonical]").getAttribute("href") !== here) wrong.push(`${path}: is not ${here}`);
                for (const link of page.querySelectorAll("a[href]")) {
                    const { href } = new URL(link.getAttribute("href"), `${url}shipped/${i ? "en/" : ""}${path}`);
                    if (!href.startsWith(`${url}shipped/`) || link.closest(".languages")) continue;
                    const to = href.slice(`${url}shipped/`.length).split(/[?#]/)[0], isPage = /(^|\/)$|\.html$/.test(to);
                    if (isPage && to.startsWith("en/") !== Boolean(i)) wrong.push(`${here} links to ${to}`);
                }
            });
            if (numbers(pages[0]) !== numbers(pages[1])) wrong.push(`${path}: other figures`);
        }
        return wrong;
    }, { url, base, paths });
    assert.deepEqual(wrong, []);
});

tests.add("a report's tables are sorted, filtered, folded, copied and cited in English", async (page, url) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    for (const path of [shanghai, fengtai]) {
        await page.goto(`${url}shipped/en/${path}`);
        await unfoldAll(page);
        await speaksEnglish(page);
        const table = page.locator(".scroll:has([type=search])").first();
        await table.locator("thead button:visible").last().click();
        await table.getByRole("searchbox").fill("20");
        await table.getByRole("status").first().filter({ hasText: /rows?$/ }).waitFor();
        await table.getByRole("searchbox").fill("");
        await table.getByRole("button", { name: "Copy CSV" }).click();
        await table.getByText("Copied").first().waitFor();
        const figure = page.locator("td.number[id]:visible").first();
        await figure.hover();
        await page.locator(".cite").first().click();
        await figure.getByText("Copied").waitFor();
        assert.match(await page.evaluate(() => navigator.clipboard.readText()), new RegExp(`^${url}shipped/en/${path}#`));
        await page.getByRole("button", { name: "Larger letters" }).click({ force: true });
        await speaksEnglish(page);
    }
});

tests.add("two reports are compared in English", async (page, url) => {
    await page.goto(`${url}shipped/en/compare/?a=shanghai/putuo/ghzyj/2024&b=beijing/fengtai/zwfwj/2021`);
    await page.locator("#compared section").first().waitFor();
    await seeAll(page);
    await page.locator("#compared thead button").first().click();
    await speaksEnglish(page);
    for (const address of await page.locator("#compared a").evaluateAll(links => links.map(link => link.href)))
        assert.ok(address.startsWith(`${url}shipped/en/`), address);
    await page.goto(`${url}shipped/en/compare/?a=no/such/2024&b=beijing/fengtai/zwfwj/2021`, { waitUntil: "networkidle" });
    await speaksEnglish(page);
});

tests.add("a search is answered in English, with a kind chosen, nothing found, and what fails", async (page, url) => {
    const status = page.locator("#search-status");
    const ask = async question => {
        await page.goto(`${url}shipped/en/search/?q=${question}`);
        await status.filter({ hasText: /./ }).waitFor();
        await speaksEnglish(page);
        return status.innerText();
    };
    assert.equal(await ask("党"), "Results: 10");
    assert.equal(await ask("支出&type=term"), "Results: 8");
    assert.match(await ask("达到预期指标"), /^Results: \d+$/);
    assert.match(await ask("规划+2024+支出"), /^Results: at most \d+$/);
    assert.equal(await ask("nothing"), "Nothing was found.");
    await page.route("**/search/index.bin", route => route.abort());
    assert.equal(await ask("党"), "The files that the search needs could not be fetched. Please try again later.");
}, { said: /./ });

tests.add("numbers of results are written as on the pages, whatever the browser speaks", async (page, url) => {
    await page.route("**/assets/search-index.js", async route => { // the shipped site has not got so many texts
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).replace("async counts() {", "async counts() {\nreturn { total: 1234567, sure: \"exact\", kinds: { term: 1234567 } };") });
    });
    for (const [home, said] of [["shipped/", "1,234,567 条结果"], ["shipped/en/", "Results: 1,234,567"]]) {
        await page.goto(`${url}${home}search/?q=党`);
        await page.locator("#search-status").filter({ hasText: /./ }).waitFor();
        assert.equal(await page.locator("#search-status").innerText(), said);
    }
}, { locale: "de-DE" });

tests.add("other pages speak English with all their tools and all that is folded", async (page, url) => {
    for (const path of ["", "quality/", "data/", "changes/", `${fengtai}projects/p09/`, `${fengtai}evaluations/website/`]) {
        await page.goto(`${url}shipped/en/${path}`);
        await unfoldAll(page);
        await speaksEnglish(page);
    }
});

await tests.run();
