/*
 * A link to copy beside the figure that the pointer is over or that has the focus. In each table one figure can be
 * reached by Tab, and the others from there by the arrow keys; Enter copies the address of the figure.
 */
import { copy } from "./copy.js";

const figures = "td[id], span[id], b[id]";
const cite = document.getElementById("cite-figure")?.content.firstElementChild.cloneNode(true);
const link = cite?.querySelector("a");

function offer(figure) {
  if (cite.parentNode === figure) return;
  cite.querySelector("[role]").hidden = true;
  link.hash = figure.id;
  figure.append(cite);
}

/* Copies the address, and marks the figure as what it leads to; it stays where it is on the screen. */
function take(figure) {
  const { scrollX, scrollY } = window;
  offer(figure);
  location.hash = figure.id;
  scrollTo(scrollX, scrollY);
  return copy(location.href, cite.querySelector("[role]"));
}

/* The next figure from a cell, to the side or up and down its column. */
function neighbour(cell, key) {
  const rows = [...cell.closest("table").rows];
  const sideways = key === "ArrowLeft" || key === "ArrowRight", forward = key === "ArrowRight" || key === "ArrowDown";
  const line = sideways ? [...cell.parentNode.cells] : rows.map(row => row.cells[cell.cellIndex]);
  const behind = forward ? line.slice(line.indexOf(cell) + 1) : line.slice(0, line.indexOf(cell)).reverse();
  return behind.find(other => other?.matches("td[id]") && other.getClientRects().length);
}

function onKey(event) {
  const figure = event.target.closest?.("td[id]");
  if (!figure || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter" && event.target === figure) {
    event.preventDefault();
    take(figure).then(() => figure.focus());
  } else if (/^Arrow/.test(event.key)) {
    const other = neighbour(figure, event.key);
    event.preventDefault();
    if (!other) return;
    figure.tabIndex = -1;
    other.tabIndex = 0;
    other.focus();
  }
}

if (cite) {
  link.tabIndex = -1;
  document.querySelectorAll("table").forEach(table => table.querySelectorAll("td[id]").forEach((cell, i) => { cell.tabIndex = i ? -1 : 0; }));
  for (const name of ["pointerover", "focusin"])
    document.addEventListener(name, event => {
      const figure = event.target.closest?.(figures);
      if (figure) offer(figure);
    });
  link.addEventListener("click", event => {
    event.preventDefault();
    take(cite.parentNode);
  });
  document.addEventListener("keydown", onKey);
}
