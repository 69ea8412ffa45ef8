#!/usr/bin/env node
/*
 * The shipped site as Lighthouse measures it: home, a report, a project, the search if there is one, and the data, on
 * a computer (100 in everything) and on a telephone (performance at least 95). The site is served compressed, with the
 * address that it has been built for. `make test-full` installs Lighthouse and names it in $LIGHTHOUSE.
 *
 * Lighthouse works out what a slow network and a slow processor would do from what it has seen on this machine. Other
 * work on the machine makes a page slower and never faster: a page that falls short is looked at again, and the best
 * of TRIES performances counts. Everything else must be right each time.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build, findChromium, flags, root, serve, skipAll } from "./browser.mjs";

const TRIES = 5;
const wanted = { performance: { desktop: 100, mobile: 95 }, accessibility: 100, "best-practices": 100, seo: 100 };
const pages = ["", "departments/shanghai/putuo/ghzyj/2024/", "departments/beijing/fengtai/zwfwj/2021/projects/p09/", "search/", "data/"];
const lighthouseFile = resolve(process.env.LIGHTHOUSE || "/nowhere"), program = findChromium();

if (!process.env.FULL || !existsSync(lighthouseFile) || !program)
    skipAll("Lighthouse is run by make test-full");
const { default: lighthouse, desktopConfig } = await import(pathToFileURL(lighthouseFile));

/* A Chromium with a fresh profile, and the port that it is told what to do on. */
function launch(profile) {
    const chromium = spawn(program, [...flags, `--user-data-dir=${profile}`, "--remote-debugging-port=0", "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    return new Promise((done, fail) => {
        chromium.on("exit", () => fail(new Error(`chromium has ended: ${said}`)));
        chromium.stderr.on("data", data => {
            said += data;
            const port = /DevTools listening on ws:\/\/[^:]+:(\d+)/.exec(said);
            if (port)
                done({ chromium, port: Number(port[1]) });
        });
    });
}

/* What one look at a page gives: a score for each category, and what each falls short of. */
async function look(url, device, port) {
    const { lhr } = await lighthouse(url, { port, logLevel: "silent", onlyCategories: Object.keys(wanted) }, device === "desktop" ? desktopConfig : undefined);
    if (lhr.runtimeError)
        throw new Error(lhr.runtimeError.message);
    const scores = {}, short = {};
    for (const [id, { score, auditRefs }] of Object.entries(lhr.categories)) {
        scores[id] = Math.round(score * 100);
        short[id] = auditRefs.filter(({ weight, id }) => weight && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
            .map(({ id }) => `${id}: ${lhr.audits[id].title} ${lhr.audits[id].displayValue ?? ""} ${(lhr.audits[id].details?.items ?? []).map(item => item.node?.snippet ?? "").join(" ").slice(0, 400)}`);
    }
    return { scores, short };
}

/* The scores of a page, the performance the best of some, and what is wrong with it. */
async function measure(url, device, port) {
    const best = { scores: {}, wrong: [] };
    for (let i = 0; i < TRIES && !(best.scores.performance >= wanted.performance[device]); i++) {
        const { scores, short } = await look(url, device, port);
        const performance = Math.max(scores.performance, best.scores.performance ?? 0);
        best.wrong = Object.entries(wanted).flatMap(([id, least]) => (id === "performance" ? performance : scores[id]) < (least[device] ?? least) ? [`${id} ${scores[id]}`, ...short[id]] : []);
        best.scores = { ...scores, performance };
        if (scores.accessibility + scores["best-practices"] + scores.seo < 300)
            break;
    }
    return best;
}

async function all(folder) {
    const www = join(folder, "www"), server = await serve(www), url = `http://127.0.0.1:${server.address().port}/`;
    build(join(root, "content"), www, ["--base-url", url]);
    const asked = ["", "en/"].flatMap(language => pages.map(page => language + page)).filter(page => existsSync(join(www, page)));
    const { chromium, port } = await launch(join(folder, "profile"));
    let number = 0, failures = 0;
    console.log(`1..${2 * asked.length}`);
    for (const page of asked)
        for (const device of ["desktop", "mobile"]) {
            const { scores, wrong } = await measure(url + page, device, port).catch(error => ({ scores: {}, wrong: error.stack.split("\n") }));
            failures += wrong.length > 0;
            console.log(`${wrong.length ? "not " : ""}ok ${++number} - /${page} on ${device}: ${Object.entries(scores).map(pair => pair.join(" ")).join(", ")}`);
            wrong.forEach(line => console.log(`# ${line}`));
        }
    server.close();
    await new Promise(done => chromium.removeAllListeners("exit").on("exit", done).kill());
    return failures;
}

const folder = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), "juesuan 测试."));
try {
    process.exitCode = (await all(folder)) ? 1 : 0;
} finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
