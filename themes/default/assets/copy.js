/* Puts a text on the clipboard; where scripts have none, without HTTPS, by selecting it. */

function copyBySelection(text) {
  const area = document.createElement("textarea"), focused = document.activeElement;
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  focused?.focus();
}

/** `done` is shown for a while, to say that it is there. */
export async function copy(text, done) {
  if (navigator.clipboard) await navigator.clipboard.writeText(text).catch(() => copyBySelection(text));
  else copyBySelection(text);
  done.hidden = false;
  setTimeout(() => { done.hidden = true; }, 3000);
}
