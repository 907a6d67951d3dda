/* Copies an address or a text; its buttons are hidden where scripts do not run. */
"use strict";
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const what = button.dataset.copy;
    const status = document.getElementById("copied");
    await navigator.clipboard.writeText(what.startsWith("#") ? document.querySelector(what).textContent : what);
    const words = button.querySelector("span");
    const before = words.textContent;
    words.textContent = status.textContent = status.dataset.done;
    setTimeout(() => { words.textContent = before; status.textContent = ""; }, 2000);
  });
}
