// What the tests of the search share: the index of a built site, read from its folder by the module that
// the pages use, and random numbers that are the same in every run.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

export const load = async (site) => import(pathToFileURL(`${site}/assets/search-index.js`));

// `read` is counted: bytes and files.
export async function openIndex(site) {
  const { SearchIndex } = await load(site), read = { bytes: 0, files: 0 };
  const index = new SearchIndex(async (name) => {
    const bytes = readFileSync(`${site}/search/${name}`);
    read.bytes += bytes.length;
    read.files++;
    return new Uint8Array(bytes);
  });
  return { index: await index.open(), read };
}

export function random(seed) {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}
