#!/usr/bin/env node
/*
 * How often a search answers wrongly: `ask.mjs SITE QUERIES [PAGEFIND]`, as JSON. PAGEFIND is the folder that Pagefind
 * made of the site, asked in Chromium; without it, or where there is none, the site's own search alone is asked.
 *
 * Asked is for pieces of one to eight characters of the texts that the site's search has, all of which stand on the
 * pages too; in one of five a character is another one, so that mostly nothing is to be found. Against the answers
 * stands looking at everything: of the site's own search at each of its texts, of Pagefind's at the text of each page.
 * It is not asked for a page that has the words outside of <main> alone, and one that has them anywhere is no mistake.
 * The short name of a department, which its page does not show, is taken to stand there.
 * Of both it is said how often they give a page without the words, and how often nothing though there is one.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { load, openIndex, random } from "../search/site.mjs";
import { findChromium, flags, serve } from "../site/browser.mjs";

const [site, pagefind] = [resolve(process.argv[2]), process.argv[4] && resolve(process.argv[4])];
const { fold } = await load(site);
const { index } = await openIndex(site);
const below = random(7);
const inline = "a|abbr|b|code|data|em|mark|small|span|strong|sub|sup|time";

/* What of HTML is text, as a search takes it: of either case and width, without the comma of thousands. */
function plain(html) {
    return html.replace(/<(script|style|template)\b[^]*?<\/\1>/g, "").replace(new RegExp(`</?(?:${inline})(?: [^>]*)?>`, "g"), "").replace(/<[^>]*>/g, "\n")
        .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", "\"").replaceAll("&amp;", "&")
        .normalize("NFKC").toLowerCase().replace(/(?<=\d),(?=\d{3}(?!\d))/g, "");
}

function readPages() {
    return readdirSync(site, { recursive: true }).filter(path => path.endsWith(".html")).map(path => {
        const html = readFileSync(join(site, path), "utf8"), main = /<main\b[^]*<\/main>/.exec(html)?.[0] ?? "";
        return { path: path.replace(/(^|\/)index\.html$/, "$1"), all: plain(html), main: plain(main.replace(/<(nav|svg|form)\b[^]*?<\/\1>/g, "\n")) };
    });
}

async function readTexts(pages) {
    const texts = [];
    for (let id = 0; id < index.textStarts.at(-1); id++) {
        const text = await index.text(id);
        texts.push({ id, runs: fold(text.text).runs });
        if (text.kind !== "department") continue;
        for (const occurrence of await index.allOccurrences(text)) {
            const { path } = await index.whereIs(occurrence);
            pages.find(page => page.path === path.split("#")[0]).all += `\n${plain(text.text)}`;
        }
    }
    return texts;
}

const wordsOf = query => fold(query).runs.split("\0").filter(Boolean);

/* A kind first, so that there are not only pieces of what there is most of. */
function pick(texts) {
    const kinds = index.kinds.filter(({ begin, end }) => begin < end), kind = kinds[below(kinds.length)];
    const words = texts[kind.begin + below(kind.end - kind.begin)].runs.split("\0").filter(Boolean), word = words[below(words.length)];
    const length = Math.min(word.length, 1 + below(8)), begin = below(word.length - length + 1), piece = word.slice(begin, begin + length);
    if (below(5)) return piece;
    const other = texts[below(texts.length)].runs.replaceAll("\0", ""), at = below(length);
    return piece.slice(0, at) + other[below(other.length)] + piece.slice(at + 1);
}

/* The site's own answer: whether it is that of looking at all texts, and the pages that it leads to. */
async function askOwn(query, texts) {
    const ids = [], pages = new Set();
    for await (const text of (await index.search(query)).results()) {
        ids.push(text.id);
        for (const occurrence of await index.allOccurrences(text))
            pages.add((await index.whereIs(occurrence)).path.split("#")[0]);
    }
    const words = wordsOf(query);
    const isRight = ids.join() === texts.filter(({ runs }) => words.every(word => runs.includes(word))).map(({ id }) => id).join();
    return { pages, isRight };
}

/* Pagefind's answers, in the order of the questions: the pages of each. */
async function askPagefind(queries) {
    const { chromium } = await import(pathToFileURL(process.env.PLAYWRIGHT));
    const server = await serve(dirname(pagefind)), browser = await chromium.launch({ executablePath: findChromium(), args: flags });
    const page = await browser.newPage(), url = `http://127.0.0.1:${server.address().port}/`;
    await page.route("**/ask.html", route => route.fulfill({ contentType: "text/html", body: "<!DOCTYPE html><html lang=\"zh-CN\"><title>ask</title>" }));
    await page.goto(`${url}ask.html`);
    const answers = await page.evaluate(async ({ folder, queries }) => {
        const pagefind = await import(`${folder}pagefind.js`), pages = new Map(), answers = [];
        await pagefind.options({ baseUrl: "/" });
        for (const query of queries) {
            const { results } = await pagefind.search(query), unknown = results.filter(({ id }) => !pages.has(id));
            for (let i = 0; i < unknown.length; i += 100) // which page it is has to be fetched
                await Promise.all(unknown.slice(i, i + 100).map(async result => pages.set(result.id, (await result.data()).url.replace(/^\//, ""))));
            answers.push(results.map(({ id }) => pages.get(id)));
        }
        return answers;
    }, { folder: pagefind.slice(dirname(pagefind).length) + "/", queries });
    await browser.close();
    server.close();
    return answers.map(answer => new Set(answer));
}

/* How the pages of an answer are against looking at all pages. */
function judge(pages, query, all) {
    const has = text => wordsOf(query).every(word => text.includes(word));
    const missed = all.filter(page => !pages.has(page.path) && has(page.main)), strange = all.filter(page => pages.has(page.path) && !has(page.all));
    return { missed: missed.length > 0, strange: strange.length > 0, nothing: !pages.size && missed.length > 0 };
}

/* As they are typed, and in quotes, which asks for the words one behind the other. */
async function askBoth(queries) {
    const answers = await askPagefind([...queries, ...queries.map(query => `"${query}"`)]);
    return { typed: answers.slice(0, queries.length), quoted: answers.slice(queries.length) };
}

const count = (rows, key) => rows.filter(row => row[key]).length;
const pages = readPages(), texts = await readTexts(pages);
const queries = Array.from({ length: Number(process.argv[3]) }, () => pick(texts));
const own = [];
for (const query of queries) {
    const answer = await askOwn(query, texts), { strange, nothing } = judge(answer.pages, query, pages);
    own.push({ wrong: !answer.isRight || strange, strange, nothing });
}
const said = { pages: pages.length, texts: texts.length, queries: queries.length, own: { wrong: count(own, "wrong"), strange: count(own, "strange"), nothing: count(own, "nothing") } };
if (pagefind && findChromium() && existsSync(process.env.PLAYWRIGHT ?? ""))
    for (const [name, answers] of Object.entries(await askBoth(queries))) {
        const rows = answers.map((answer, i) => judge(answer, queries[i], pages));
        said[name] = { wrong: rows.filter(({ missed, strange }) => missed || strange).length, missed: count(rows, "missed"), strange: count(rows, "strange"), nothing: count(rows, "nothing") };
    }
console.log(JSON.stringify(said));
