/*
 * Pages in a browser: what the tests *_test.mjs share. Sites are built into an empty folder, served on
 * 127.0.0.1, and seen by Debian's Chromium with a fresh profile; each test has a page of its own.
 *
 *     const tests = await browserTests({ shipped: "content" });
 *     tests.add("the page has a heading", async (page, url) => {
 *         await page.goto(url + "shipped/");
 *         assert.equal(await page.locator("h1").count(), 1);
 *     });
 *     await tests.run();
 *
 * A test fails, too, when a page reports an error, breaks its Content-Security-Policy, or asks for what is
 * not there or is on another host. Without Playwright or Chromium all is skipped: make deps-test installs them.
 */
import { execFileSync } from "node:child_process";
import { accessSync, constants, cpSync, createReadStream, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { pipeline } from "node:stream";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createGzip } from "node:zlib";

export const root = resolve(fileURLToPath(import.meta.url), "../../..");
const juesuan = resolve(process.env.JUESUAN ?? join(root, "build/juesuan"));
const playwright = resolve(process.env.PLAYWRIGHT ?? join(root, "build/npm/playwright/node_modules/playwright-core/index.mjs"));
export const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml",
    ".json": "application/json", ".csv": "text/csv", ".txt": "text/plain", ".xml": "application/xml" };
const patience = 15000; // milliseconds; a busy machine is slow

/** Debian's Chromium, or null. */
export function findChromium() {
    for (const folder of (process.env.PATH ?? "").split(":")) {
        const program = join(folder, "chromium");
        try {
            accessSync(program, constants.X_OK);
            return program;
        } catch { /* not here */ }
    }
    return null;
}

/** Nothing is tested, and why. */
export function skipAll(why) {
    console.log(`1..0 # SKIP ${why}`);
    process.exit(0);
}

/** A server of a folder that compresses, as a site's host does; the port is any that is free. */
export function serve(folder) {
    const server = createServer((request, response) => {
        let file = join(folder, decodeURIComponent(new URL(request.url, "http://localhost").pathname));
        if (existsSync(file) && statSync(file).isDirectory())
            file = join(file, "index.html");
        if (!existsSync(file)) {
            response.writeHead(404, { "Content-Type": "text/plain" }).end();
            return;
        }
        const type = types[extname(file)], zip = type && /\bgzip\b/.test(request.headers["accept-encoding"]);
        response.writeHead(200, { "Content-Type": type ?? "application/octet-stream", Vary: "Accept-Encoding", ...(zip && { "Content-Encoding": "gzip" }) });
        pipeline([createReadStream(file), ...(zip ? [createGzip()] : []), response], () => {}); // whoever asked may have gone
    });
    return new Promise(done => server.listen(0, "127.0.0.1", () => done(server)));
}

/** Scrolls through a page and back: tables have their tools when they have come near. */
export async function seeAll(page) {
    await page.evaluate(async () => {
        for (const table of document.querySelectorAll(".scroll > table")) {
            table.scrollIntoView();
            for (let frames = 0; frames < 2; frames++)
                await new Promise(requestAnimationFrame);
        }
        scrollTo(0, 0);
    });
}

/** Unfolds all that is folded, and scrolls through the page. */
export async function unfoldAll(page) {
    await page.locator("details").evaluateAll(all => all.forEach(details => { details.open = true; }));
    await seeAll(page);
}

/** The site of a content folder, below `to`; `options` go to juesuan build. */
export function build(content, to, options = []) {
    execFileSync(juesuan, ["build", "--content", content, "--theme", join(root, "themes/default"), "--out", to, ...options],
        { stdio: ["ignore", "ignore", "inherit"] });
}

/** What juesuan says, run in the root of the project. */
export function run(...asked) {
    return execFileSync(juesuan, asked, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** What a page does that no page may do, in words, as it happens; `said` is what it has to say of a failure. */
function watch(page, url, said) {
    const wrong = [];
    page.on("pageerror", error => wrong.push(`an error: ${error.message}`));
    page.on("console", message => message.type() === "error" && !said?.test(message.text()) && wrong.push(`the browser says: ${message.text()}`));
    page.on("request", request => request.url().startsWith(url) || /^(data|blob|about):/.test(request.url()) || wrong.push(`asks for ${request.url()}`));
    return wrong;
}

/**
 * A program of tests. `sites` are the contents by the name of their folder on the server, copied before they are
 * built; `prepare(folder)`, if there is one, may change the copies (`folder/NAME-content`).
 */
export async function browserTests(sites, prepare) {
    const program = findChromium();
    if (!existsSync(playwright) || !program)
        skipAll(`no ${program ? "Playwright" : "Chromium"}: make deps-test installs it`);
    const { chromium } = await import(pathToFileURL(playwright));
    const folder = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), "juesuan 测试."));
    const tests = [];

    async function one(browser, url, { options: { said, ...options }, test }) {
        const context = await browser.newContext({ locale: "zh-CN", ...options });
        const page = await context.newPage();
        page.setDefaultTimeout(patience);
        const wrong = watch(page, url, said);
        try {
            await test(page, url, folder);
        } catch (error) {
            wrong.push(error.stack ?? String(error));
        }
        await context.close();
        return wrong;
    }

    async function all() {
        for (const [name, content] of Object.entries(sites)) {
            cpSync(resolve(root, content), join(folder, `${name}-content`), { recursive: true });
            rmSync(join(folder, `${name}-content/README.md`), { force: true });
        }
        await prepare?.(folder);
        for (const name of Object.keys(sites))
            build(join(folder, `${name}-content`), join(folder, "www", name));
        const server = await serve(join(folder, "www"));
        const browser = await chromium.launch({ executablePath: program, args: flags });
        const url = `http://127.0.0.1:${server.address().port}/`;
        let failures = 0;
        console.log(`1..${tests.length}`);
        for (const [index, test] of tests.entries()) {
            const wrong = await one(browser, url, test);
            failures += wrong.length > 0;
            console.log(`${wrong.length ? "not " : ""}ok ${index + 1} - ${test.name}`);
            if (wrong.length)
                console.log(wrong.join("\n").replace(/^/gm, "# "));
        }
        await browser.close();
        server.close();
        return failures;
    }

    return {
        /** `options` are those of a browser's context: javaScriptEnabled, viewport, colorScheme; and `said`, the errors that the console may show. */
        add(name, test, options = {}) {
            tests.push({ name, options, test });
        },
        async run() {
            try {
                process.exitCode = (await all()) ? 1 : 0;
            } finally {
                rmSync(folder, { recursive: true, force: true });
            }
        },
    };
}
