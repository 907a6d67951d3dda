/* Offers what the words typed so far may become, in the browser's own list of suggestions. Without scripts, nothing is missing. */
"use strict";
(() => {
  const field = document.querySelector("input[data-completions]");
  const list = document.createElement("datalist");
  list.id = "completions";
  field.after(list);
  field.setAttribute("list", list.id);

  let timer = 0;
  let asking = null;

  const offer = async (text) => {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${field.dataset.completions}?q=${encodeURIComponent(text)}`, { signal: asking.signal });
      if (!answer.ok) return;
      const { suggestions } = await answer.json();
      list.replaceChildren(...suggestions.map((suggestion) => new Option("", suggestion)));
    } catch {
      /* Typed on, or gone: the search itself works all the same. */
    }
  };

  field.addEventListener("input", (event) => {
    clearTimeout(timer);
    const text = field.value.trim();
    const chosen = event.inputType === undefined || event.inputType === "insertReplacementText";
    if (!chosen && text.length > 1) timer = setTimeout(offer, 150, text.toLowerCase());
  });
})();
