#!/usr/bin/env node
/* What a reader finds, and how (themes/default/assets/search.js). */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { browserTests } from "./browser.mjs";

const none = { "zh-CN": "没有找到。", en: "Nothing was found." };
const failed = "没有取到搜索所需的文件，请稍后再试。";
// words in Latin letters, of which the shipped texts have few, and what HTML would take for its own; invented
const invented = "虚构的一段：平台通过了 ISO 9001 复审，网页模板里留有 <script>alert(1)</script> 和 \"引号\" & 'x'。";
const tests = await browserTests({ shipped: "content" }, folder => {
    const file = join(folder, "shipped-content/pages/about.md");
    writeFileSync(file, `${readFileSync(file, "utf8")}\n${invented.replaceAll("<", "\\<").replaceAll("&", "\\&")}\n`);
});

const results = page => page.locator("#search-results > li");
const status = page => page.locator("#search-status");
const field = page => page.getByRole("searchbox");
const more = page => page.locator("#search-more button");
const queryOf = page => new URL(page.url()).searchParams.get("q");

/* Waits until the page has said how many results there are. */
async function answered(page) {
    await status(page).filter({ hasText: /./ }).waitFor();
    return status(page).innerText();
}

/* Opens the page with a question in its address; says how many results there are. */
async function ask(page, url, query, rest = "", home = "shipped/") {
    await page.goto(`${url}${home}search/?q=${encodeURIComponent(query)}${rest}`);
    return answered(page);
}

/* Types another question, and waits for the answer to it. */
async function type(page, query) {
    await field(page).fill(query);
    await page.waitForURL(address => (address.searchParams.get("q") ?? "") === query);
    if (query)
        await answered(page);
}

/* The texts of all results, "more" having been pressed as long as there is one. */
async function allResults(page) {
    while (await more(page).isVisible()) {
        const before = await results(page).count();
        await more(page).click();
        await page.waitForFunction(before => document.querySelectorAll("#search-results > li").length > before, before);
        await page.waitForFunction(() => document.activeElement.closest("#search-results"));
    }
    return results(page).allInnerTexts();
}

/* What a search does not look at: case, width, the comma of thousands, and what divides words. */
function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/(\d),(?=\d{3}(?!\d))/g, "$1").replace(/[\s\p{P}<>]+/gu, "");
}

/* Where the links of the results lead: [address, what the section or page there says (a row and what is said about it), with the title of the page]. */
function whereTo(page) {
    return page.evaluate(async () => {
        const pages = new Map(), found = [];
        for (const { href, hash } of document.querySelectorAll("#search-results a")) {
            const address = href.split("#")[0];
            if (!pages.has(address))
                pages.set(address, new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html"));
            const target = hash ? pages.get(address).getElementById(decodeURIComponent(hash.slice(1))) : pages.get(address).querySelector("main");
            found.push([href, target && `${target.closest("section, main").textContent} ${pages.get(address).title}`]);
        }
        return found;
    });
}

/* That each result, on its own and where it leads, has all words. */
async function leads(page, words) {
    const found = await whereTo(page);
    assert.ok(found.length);
    for (const [address, text] of found) {
        assert.notEqual(text, null, `${address} is not there`);
        for (const word of words)
            assert.ok(plain(text).includes(plain(word)), `${address} does not have ${word}`);
    }
}

tests.add("a page that nobody has asked fetches no index, and waits for the question in its field", async (page, url) => {
    const asked = [];
    page.on("request", request => asked.push(request.url()));
    await page.goto(`${url}shipped/search/`, { waitUntil: "networkidle" });
    assert.deepEqual(asked.filter(address => address.includes(".bin")), []);
    assert.ok(await field(page).evaluate(input => input === document.activeElement));
    assert.equal(await status(page).innerText(), "");
    assert.ok(!await page.locator("#search-kinds").isVisible() && !await more(page).isVisible() && !await page.locator("#search-off").isVisible());
});

/* That a question in the address is answered: counted, marked, and on the pages that the results lead to. */
async function answers(page, url, query, parts = [query]) {
    const said = await ask(page, url, query);
    assert.equal(await field(page).inputValue(), query);
    const texts = await allResults(page);
    assert.equal(said, `${texts.length} 条结果`);
    assert.equal(await status(page).innerText(), said);
    for (const text of texts)
        assert.ok(plain(text).includes(plain(query)), text);
    const marks = await results(page).evaluateAll(all => all.map(result => [...result.querySelectorAll("mark")].map(mark => mark.textContent)));
    for (const [i, marked] of marks.entries())
        assert.ok(marked.length && marked.every(mark => parts.some(part => plain(mark) === plain(part))), `${texts[i]}: ${marked}`);
    await leads(page, [query]);
}

tests.add("one Chinese character, two or many in the address are found, marked, and stand where the results lead", async (page, url) => {
    for (const query of ["党", "网站", "住房公积金", "机关事业单位基本养老保险缴费支出"]) // the last is longer than any piece in the index
        await answers(page, url, query);
    await answers(page, url, "“三公”经费", ["三公", "经费"]);
});

tests.add("so are the beginnings of codes, years, and amounts with a comma or without", async (page, url) => {
    for (const query of ["20805", "2021", "4,180.76", "4180.76"])
        await answers(page, url, query);
});

tests.add("letters of either case and of either width are the same letters", async (page, url) => {
    const said = new Set();
    for (const query of ["ISO", "iso", "Ｉso"]) {
        await ask(page, url, query);
        await leads(page, ["ISO"]);
        assert.deepEqual([...new Set(await page.locator("#search-results mark").allInnerTexts())], ["ISO"]);
        said.add((await results(page).allInnerTexts()).join("\n"));
    }
    assert.equal(said.size, 1);
    await ask(page, url, "iso ９００１");
    assert.deepEqual(await page.locator("#search-results mark").allInnerTexts(), ["ISO", "9001"]);
    await leads(page, ["ISO 9001"]);
});

tests.add("what is typed is searched after a pause, and is then in the address", async (page, url) => {
    await page.goto(`${url}shipped/search/`);
    const addresses = [];
    page.on("framenavigated", frame => addresses.push(new URL(frame.url()).searchParams.get("q")));
    await field(page).pressSequentially("住房公积金", { delay: 20 });
    assert.equal(await answered(page), "5 条结果");
    assert.equal(queryOf(page), "住房公积金");
    assert.deepEqual(addresses, ["住房公积金"]);
    assert.equal(await page.evaluate(() => history.length), 2);
    await type(page, "");
    await page.waitForFunction(() => !document.querySelector("#search-results > li"));
    assert.equal(await status(page).innerText(), "");
});

tests.add("Back brings the earlier question again, and Forward the later one; Enter is not waited for", async (page, url) => {
    await page.goto(`${url}shipped/search/`);
    await type(page, "住房公积金");
    const first = await results(page).allInnerTexts();
    await page.waitForTimeout(1100); // they are looked at
    await type(page, "党");
    await page.waitForFunction(() => document.querySelector("mark")?.textContent === "党");
    await field(page).fill("ISO");
    await field(page).press("Enter");
    assert.equal(queryOf(page), "ISO");
    await page.waitForFunction(() => document.querySelector("mark")?.textContent === "ISO");
    for (const [go, query] of [["goBack", "党"], ["goBack", "住房公积金"], ["goForward", "党"], ["goBack", "住房公积金"]]) {
        await page[go]();
        await page.waitForFunction(query => document.querySelector("mark")?.textContent === query, query);
        assert.equal(await field(page).inputValue(), query);
    }
    await page.waitForFunction(() => document.querySelectorAll("#search-results > li").length === 5);
    assert.deepEqual(await results(page).allInnerTexts(), first);
});

tests.add("from a result one comes back to the question", async (page, url) => {
    await ask(page, url, "住房公积金");
    const before = await results(page).allInnerTexts();
    await results(page).last().locator(".what a").click();
    await page.waitForURL(/departments.*#/);
    await page.goBack();
    await answered(page);
    assert.deepEqual([await field(page).inputValue(), await results(page).allInnerTexts()], ["住房公积金", before]);
});

tests.add("each kind has so many results as it says, and all together are all", async (page, url) => {
    for (const query of process.env.FULL ? ["政务服务", "支出"] : ["政务服务"]) {
        const said = await ask(page, url, query);
        const all = (await allResults(page)).length, kinds = new Map();
        for (const kind of await results(page).locator(".kind").allInnerTexts())
            kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        assert.equal(said, `${all} 条结果`);
        const links = await page.locator("#search-kinds a:visible").evaluateAll(links => links.map(link => link.textContent.trim().split(/\s+/)));
        assert.deepEqual(links, [["全部", String(all)], ...links.slice(1).map(([kind]) => [kind, String(kinds.get(kind))])]);
        assert.equal(links.length, kinds.size + 1);
        for (const [kind, count] of links.slice(1)) {
            await page.locator("#search-kinds").getByRole("link", { name: kind, exact: false }).filter({ hasText: new RegExp(`^${kind} `) }).click();
            await status(page).filter({ hasText: new RegExp(`^${count} 条结果$`) }).waitFor();
            await page.waitForFunction(kind => document.querySelector("#search-kinds [aria-current]").textContent.startsWith(kind), kind);
            const texts = await allResults(page);
            assert.equal(texts.length, Number(count), kind);
            assert.deepEqual([...new Set(await results(page).locator(".kind").allInnerTexts())], [kind]);
        }
    }
});

tests.add("a kind is in the address, and Back leaves it", async (page, url) => {
    assert.equal(await ask(page, url, "支出", "&type=term"), "8 条结果");
    assert.equal(await page.locator("#search-kinds [aria-current]").innerText(), "名词 8");
    await page.locator("#search-kinds").getByRole("link", { name: /^项目|^绩效目标/ }).first().click();
    await page.waitForURL(/type=indicator/);
    await page.goBack();
    await page.waitForURL(/type=term/);
    await status(page).filter({ hasText: /^8 / }).waitFor();
    await ask(page, url, "支出", "&type=nonsense");
    assert.equal(await page.locator("#search-kinds [aria-current]").innerText(), "全部 119");
});

tests.add("of ten results there are no more, and the last press for more says how many there are", async (page, url) => {
    assert.equal(await ask(page, url, "党"), "10 条结果");
    assert.equal(await results(page).count(), 10);
    assert.ok(!await more(page).isVisible());
    assert.match(await ask(page, url, "规划 2024 支出"), /^最多 \d+ 条结果$/);
    const texts = await allResults(page);
    assert.equal(await status(page).innerText(), `${texts.length} 条结果`);
});

tests.add("a department or a year with a line leads into that department's report", async (page, url) => {
    for (const [query, path, line] of [["普陀 住房公积金", /shanghai\/putuo\/ghzyj\/2024\//, "住房公积金"], ["2021 三公", /fengtai\/zwfwj\/2021\//, "三公"],
        ["2024年度 支出 普陀", /shanghai\/putuo\/ghzyj\/2024\//, "支出"]]) {
        assert.doesNotMatch(await ask(page, url, query), /^没有/);
        await leads(page, [line]);
        for (const [address] of await whereTo(page))
            assert.match(address, path, query);
    }
    assert.equal(await ask(page, url, "2021 住房公积金"), none["zh-CN"]); // the line is another year's
});

tests.add("two words in any order and with any space between them", async (page, url) => {
    const said = new Set();
    for (const query of ["财政 决算", "决算 财政", "  决算　财政 "]) {
        await ask(page, url, query);
        await leads(page, ["财政", "决算"]);
        said.add((await results(page).allInnerTexts()).sort().join("\n"));
    }
    assert.equal(said.size, 1);
});

tests.add("what is not there is said not to be there", async (page, url) => {
    for (const query of ["没有这样的字句", "，。！", "99999999", "党 没有这样的字句"]) {
        assert.equal(await ask(page, url, query), none["zh-CN"]);
        assert.equal(await results(page).count(), 0);
        assert.ok(!await page.locator("#search-kinds").isVisible() && !await more(page).isVisible());
    }
    assert.equal(await ask(page, url, "没有这样的字句", "", "shipped/en/"), none.en);
});

tests.add("what looks like HTML is text, in the question and in the results", async (page, url) => {
    page.on("dialog", dialog => assert.fail(dialog.message()));
    for (const [query, words] of [["<script>alert(1)</script>", ["script", "alert(1)"]], ["\"引号\" & 'x'", ["引号"]]]) {
        assert.equal(await ask(page, url, query), "1 条结果", query);
        assert.equal(await field(page).inputValue(), query);
        assert.match(await results(page).innerText(), /…?(虚.*<scri|.*)pt>alert\(1\)<\/script> 和 ["“]引号["”]/);
        assert.equal(await page.locator("main script").count(), 0);
        await leads(page, words);
    }
    assert.equal(await ask(page, url, "<img src=x onerror=alert(1)>"), none["zh-CN"]);
    assert.equal(await page.locator("main img").count(), 0);
});

tests.add("a slash goes to the field, arrows through the results and back", async (page, url) => {
    await ask(page, url, "住房公积金");
    const at = () => page.evaluate(() => [...document.querySelectorAll("#query, #search-results .what a")].indexOf(document.activeElement));
    assert.equal(await at(), -1);
    await page.keyboard.press("/");
    assert.equal(await at(), 0);
    assert.equal(await page.evaluate(() => getSelection().toString()), "住房公积金");
    for (const [key, place] of [["ArrowUp", 0], ["ArrowDown", 1], ["ArrowDown", 2], ["ArrowUp", 1], ["ArrowUp", 0], ["ArrowDown", 1], ["ArrowDown", 2], ["ArrowDown", 3], ["ArrowDown", 4], ["ArrowDown", 5], ["ArrowDown", 5]]) {
        await page.keyboard.press(key);
        assert.equal(await at(), place, key);
    }
    await page.keyboard.press("/");
    assert.equal(await at(), 0);
    await page.keyboard.type("1/2"); // a slash within a question is one
    assert.equal(await field(page).inputValue(), "1/2");
});

tests.add("of a text that stands in many places all are shown when asked for", async (page, url) => {
    await ask(page, url, "达到预期指标");
    const result = results(page).nth(await results(page).evaluateAll(all => all.findIndex(result => result.querySelector(".where button"))));
    const count = Number((await result.locator(".where button").innerText()).match(/\d+/)[0]), shown = await result.locator(".where a").count();
    assert.ok(count > shown);
    await result.locator(".where button").click();
    await page.waitForFunction(() => document.activeElement.closest(".where"));
    assert.equal(await result.locator(".where a").count(), count);
    assert.equal(await result.locator(".where button").count(), 0);
    await leads(page, ["达到预期指标"]);
});

tests.add("in English the page speaks English, its results are marked as Chinese and lead to English pages", async (page, url) => {
    assert.match(await ask(page, url, "住房公积金", "", "shipped/en/"), /^Results: 5$/);
    const strange = await page.locator("main").evaluate(main => {
        const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT), found = [];
        while (texts.nextNode())
            if (/\p{Script=Han}/u.test(texts.currentNode.data) && texts.currentNode.parentElement.closest("[lang]").lang !== "zh-CN")
                found.push(texts.currentNode.data);
        return found;
    });
    assert.deepEqual(strange, []);
    assert.ok(await results(page).locator("[lang=zh-CN] mark").count() >= 5);
    const found = await whereTo(page); // names that the program knows are English there
    assert.deepEqual(found.filter(([, text]) => text === null), []);
    await ask(page, url, "住房公积金");
    assert.deepEqual(found.map(([address]) => address), (await whereTo(page)).map(([address]) => address.replace("/shipped/", "/shipped/en/")));
});

tests.add("a line is found by what it is called in any language of the site", async (page, url) => {
    for (const home of ["shipped/", "shipped/en/"]) {
        await ask(page, url, "provident FUND", "", home);
        for (const text of await allResults(page))
            assert.match(text, /住房公积金[^]*Housing provident fund/);
        assert.equal(await results(page).count(), 4);
        assert.equal(await results(page).locator(".context[lang]").count(), 0); // which is not that of Chinese names
    }
    await leads(page, ["housing provident fund"]);
    assert.ok((await whereTo(page)).every(([address]) => address.includes("/shipped/en/departments/")));
    await ask(page, url, "公积金"); // who reads Chinese need not be told
    assert.ok(!(await allResults(page)).join().includes("Housing"));
});

tests.add("the field at the head of other pages leads to the answer in their language", async (page, url) => {
    for (const path of ["shipped/departments/shanghai/putuo/ghzyj/2024/", "shipped/pages/about/", "shipped/en/"]) {
        await page.goto(url + path);
        await page.locator("header").getByRole("searchbox").fill("党 经费");
        await page.keyboard.press("Enter");
        await page.waitForURL(address => address.pathname === (path.includes("/en/") ? "/shipped/en/search/" : "/shipped/search/"));
        assert.equal(queryOf(page), "党 经费");
        await answered(page);
        assert.equal(await field(page).inputValue(), "党 经费");
        assert.ok(await results(page).count());
    }
    assert.equal(await page.locator("header").getByRole("searchbox").count(), 0);
});

tests.add("when a file of the index cannot be fetched, the page says so, and asking again works", async (page, url) => {
    const again = page.getByRole("button", { name: "搜索" });
    for (const file of ["index.bin", "keys/*.bin*", "texts/*.bin*", "places/*.bin*"]) {
        let refused = 0;
        await page.route(`**/search/${file}`, route => refused++ % 2 ? route.abort() : route.fulfill({ status: 503 }));
        assert.equal(await ask(page, url, "政务服务"), failed, file);
        assert.equal(await results(page).count(), 0);
        assert.ok(!await page.locator("#search-kinds").isVisible() && !await more(page).isVisible());
        const before = refused;
        const asked = page.waitForEvent("requestfailed");
        await again.click();
        await asked;
        assert.ok(refused > before, file);
        await page.unroute(`**/search/${file}`);
        await again.click();
        await status(page).filter({ hasText: "23 条结果" }).waitFor();
        assert.equal(await results(page).count(), 10);
    }
    assert.equal((await allResults(page)).length, 23);
}, { said: /./ });

tests.add("when more cannot be fetched, what is there stays, and pressing again brings the rest", async (page, url) => {
    await ask(page, url, "支出");
    const before = await results(page).allInnerTexts();
    await page.route("**/search/texts/*", route => route.fulfill({ status: 503 }));
    while (await status(page).innerText() !== failed) { // what was fetched already is there still
        await more(page).click();
        await page.waitForTimeout(50);
    }
    assert.deepEqual((await results(page).allInnerTexts()).slice(0, before.length), before);
    assert.ok(await results(page).count() < 119);
    await page.unroute("**/search/texts/*");
    const texts = await allResults(page);
    await ask(page, url, "支出");
    assert.deepEqual(await allResults(page), texts);
    assert.equal(texts.length, 119);
}, { said: /./ });

tests.add("until the first result at most 150 KB of the index are fetched", async (page, url) => {
    for (const query of ["的", "机关事业单位基本养老保险缴费支出", "规划 2024 支出", "没有这样的字句"]) {
        const fetched = [];
        const note = response => /\.bin/.test(response.url()) && fetched.push(response);
        page.on("response", note);
        await page.goto(`${url}shipped/search/?q=${encodeURIComponent(query)}`);
        await page.locator("#search-results > li, #search-status:not(:empty)").first().waitFor();
        page.off("response", note);
        await answered(page);
        const sum = (await Promise.all(fetched.map(response => response.body()))).reduce((sum, { length }) => sum + length, 0);
        console.log(`# ${query}: ${sum} bytes in ${fetched.length} files`);
        assert.ok(sum > 0 && sum <= 150_000, `${query}: ${sum} bytes`);
    }
});

tests.add("without JavaScript the page says where else to look", async (page, url) => {
    for (const [home, words] of [["shipped/", /搜索在浏览器里进行，需要 JavaScript/], ["shipped/en/", /it needs JavaScript/]]) {
        await page.goto(`${url}${home}search/?q=党`);
        assert.match(await page.locator("#search-off p").innerText(), words);
        const links = await page.locator("#search-off a").evaluateAll(links => links.map(link => link.href));
        assert.equal(links.length, 4);
        for (const link of links) {
            assert.ok(link.startsWith(url + home), link);
            assert.ok((await page.request.get(link)).ok(), link);
        }
        assert.ok(!await page.locator("#search-kinds").isVisible() && !await more(page).isVisible());
    }
}, { javaScriptEnabled: false });

await tests.run();
