#!/usr/bin/env node
/*
 * Every page, in both languages, seen by axe-core: nothing that it can tell keeps anybody from using it. In the dark
 * a page is the same but for its colours, so that only these are looked at again, on one page of each kind, and so
 * are they with the high contrast that people choose. `make test-full` installs axe-core and names it in $AXE.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { browserTests, build, root, run, seeAll, skipAll } from "./browser.mjs";

if (!process.env.FULL || !existsSync(process.env.AXE ?? ""))
    skipAll("axe-core is run by make test-full");
const axe = readFileSync(process.env.AXE, "utf8");
// All rules that axe-core has switched on, and the size of what is pressed, which it leaves to those who ask.
const everything = { rules: { "target-size": { enabled: true } } };
const colours = { runOnly: ["color-contrast", "link-in-text-block"] };

/* What axe finds on the page as it is, in words. Its script is not of the page, and needs no leave of its policy. */
async function violations(page, options) {
    const { violations } = await page.evaluate(options => globalThis.axe.run(document, { resultTypes: ["violations"], ...options }), options);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary.split("\n").at(1)?.trim()}`));
}

/* What is wrong with the colours in the dark, and with the high contrast in the light. */
async function wrongColours(page) {
    const found = [];
    for (const colorScheme of ["dark", "light"]) {
        await page.emulateMedia({ colorScheme });
        await page.evaluate(() => document.documentElement.classList.toggle("contrast", matchMedia("(prefers-color-scheme: light)").matches));
        found.push(...(await violations(page, colours)).map(line => `${colorScheme}: ${line}`));
    }
    return found;
}

function addPage(tests, path, allColours) {
    tests.add(path + (allColours ? ", light, dark and with high contrast" : ""), async (page, url) => {
        await page.goto(url + path, { waitUntil: "networkidle" });
        await seeAll(page);
        await page.evaluate(axe);
        const found = [...await violations(page, everything), ...allColours ? await wrongColours(page) : []];
        assert.deepEqual(found, []);
    });
}

/* A kind of pages is those of the same site, language and template. */
function kindOf(path) {
    return path.replace(/departments\/.+?\/(?=\d{4}\/|$)/, "departments/*/").replace(/\b\d{4}\//, "*/").replace(/(projects|evaluations|changes|pages)\/[^/]+\//, "$1/*/");
}

/* The pages below a folder, by their addresses. */
function pagesOf(www) {
    return readdirSync(www, { recursive: true }).filter(path => path.endsWith(".html")).sort().map(path => path.replace(/(^|\/)index\.html$/, "$1"));
}

/*
 * Besides the shipped site there are pages of which it has none. All are built where they are, for their revisions.
 * The page of what is not there knows the way only from the root of its server, which is the shipped site's.
 */
const sites = { "": "content", init: "cmd/juesuan/init", odd: "tests/site/pages/content" };

/* Pages that say something else once they have been asked. */
const questions = ["search/?q=教育+支出", "search/?q=没有这样的字句", "compare/?a=beijing/fengtai/zwfwj/2021&b=shanghai/putuo/ghzyj/2024"];

const tests = await browserTests({}, folder => {
    const www = join(folder, "www");
    for (const [name, content] of Object.entries(sites))
        build(join(root, content), join(www, name));
    writeFileSync(join(www, "diff.html"), run("diff", "2023", "2024", "--content", "cmd/juesuan/init", "--format", "html"));
    const kinds = new Set(), asked = ["", "en/"].flatMap(language => questions.map(question => language + question));
    for (const path of [...pagesOf(www).filter(path => !path.endsWith("/404.html")), ...asked]) {
        addPage(tests, path, !kinds.has(kindOf(path)));
        kinds.add(kindOf(path));
    }
});

await tests.run();
