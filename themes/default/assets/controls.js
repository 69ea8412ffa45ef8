/*
 * The size of letters and the contrast that somebody chose, on all pages, remembered in this browser alone; and what
 * was asked of a page goes along to the other language.
 */

const sizes = { least: -1, most: 3 };
const key = "juesuan-display";
const root = document.documentElement;
const controls = document.getElementById("controls");

function recall() {
  try {
    const { size, contrast } = JSON.parse(localStorage.getItem(key)) ?? {};
    return { size: Math.min(Math.max(Math.trunc(size) || 0, sizes.least), sizes.most), contrast: contrast === true };
  } catch {
    return { size: 0, contrast: false }; // nothing is there, or it may not be read
  }
}

function apply(chosen) {
  root.dataset.size = chosen.size;
  root.classList.toggle("contrast", chosen.contrast);
  controls?.querySelector("[data-contrast]").setAttribute("aria-pressed", chosen.contrast);
  controls?.querySelectorAll("[data-step]").forEach(button => {
    button.setAttribute("aria-disabled", chosen.size === (button.dataset.step < 0 ? sizes.least : sizes.most));
  });
}

function change(how) {
  const chosen = { ...recall(), ...how(recall()) };
  apply(chosen);
  try {
    localStorage.setItem(key, JSON.stringify(chosen));
  } catch { /* then for this page only */ }
}

function step(by) {
  change(({ size }) => ({ size: Math.min(Math.max(size + by, sizes.least), sizes.most) }));
}

apply(recall());
if (controls) {
  controls.querySelectorAll("[data-step]").forEach(button => button.addEventListener("click", () => step(Number(button.dataset.step))));
  controls.querySelector("[data-contrast]").addEventListener("click", () => change(({ contrast }) => ({ contrast: !contrast })));
  controls.hidden = false;
}
addEventListener("storage", event => event.key === key && apply(recall())); // another window has chosen
addEventListener("click", ({ target }) => {
  const link = target.closest?.(".languages a");
  if (link) Object.assign(link, { search: location.search, hash: location.hash });
});
