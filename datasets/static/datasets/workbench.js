/* Saves effort in the form of a record: long lists are narrowed as one types, a list of keywords grows, and one is told when what
   one writes is not kept. */
"use strict";
(() => {
  const words = document.querySelector("[data-narrow-label]")?.dataset.narrowLabel;
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  for (const list of document.querySelectorAll("[data-narrow]")) {
    const field = document.createElement("input");
    field.type = "search";
    field.className = "input";
    field.setAttribute("aria-label", words);
    field.placeholder = words;
    list.before(field);
    field.addEventListener("input", (event) => {
      event.stopPropagation();
      const wanted = folded(field.value);
      for (const row of list.children) row.hidden = !folded(row.textContent).includes(wanted);
    });
    field.addEventListener("change", (event) => event.stopPropagation());
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }

  const form = document.querySelector("[data-not-kept]");
  for (const failure of ["htmx:sendError", "htmx:responseError"]) {
    form?.addEventListener(failure, () => {
      document.getElementById("kept").textContent = form.dataset.notKept;
    });
  }

  for (const list of document.querySelectorAll("[data-words]")) {
    list.addEventListener("input", () => {
      const last = list.lastElementChild;
      if (!last.firstElementChild.value) return;
      const next = last.cloneNode(true);
      const field = next.firstElementChild;
      const number = list.children.length + 1;
      field.value = "";
      field.id = field.id.replace(/\d+$/, number - 1);
      field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+/, number));
      list.append(next);
    });
  }
})();
