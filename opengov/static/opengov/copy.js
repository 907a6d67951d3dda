/* Copies an address or a text, and says so; its buttons are hidden where scripts do not run. */
"use strict";
const said = document.getElementById("copied");
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const what = button.dataset.copy;
    await navigator.clipboard.writeText(what.startsWith("#") ? document.querySelector(what).textContent : what);
    const words = button.querySelector("span");
    const before = words.textContent;
    words.textContent = said.textContent = said.dataset.done;
    setTimeout(() => { words.textContent = before; said.textContent = ""; }, 2000);
  });
}
