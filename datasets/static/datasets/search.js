/* Saves effort on the result page: a changed filter searches at once, and empty fields stay out of the address. */
"use strict";
(() => {
  const form = document.getElementById("search");
  const sheet = document.getElementById("filters");

  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=checkbox]")) form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter && sheet.matches(":popover-open")) sheet.hidePopover();
  });
  form.addEventListener("htmx:configRequest", (event) => {
    const parameters = event.detail.formData;
    for (const [name, value] of [...parameters]) if (value === "") parameters.delete(name);
  });

  /* Folds that the reader opened stay open when their choices are counted anew. */
  let open = [];
  form.addEventListener("htmx:beforeSwap", () => {
    open = [...form.querySelectorAll("#facets details")].map((fold) => [fold.id, fold.open]);
  });
  form.addEventListener("htmx:afterSettle", () => {
    for (const [id, was] of open) {
      const fold = document.getElementById(id);
      if (fold) fold.open = was;
    }
    open = [];
  });
})();
