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

  /* The area: drag a box on the map, and its degrees are typed. */
  const map = document.getElementById("area-map");
  const field = document.getElementById("box");
  const { west, north, scale, stretch } = map.dataset;
  let start = null;

  const placeOf = (event) => {
    const frame = map.getBoundingClientRect();
    const { width, height } = map.viewBox.baseVal;
    const inside = (share) => Math.min(Math.max(share, 0), 1);
    return { x: inside((event.clientX - frame.left) / frame.width) * width, y: inside((event.clientY - frame.top) / frame.height) * height };
  };
  const draw = (from, to) => {
    const box = map.querySelector("rect") ?? map.appendChild(document.createElementNS(map.namespaceURI, "rect"));
    const sides = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y) };
    box.setAttribute("class", "map__box");
    for (const [name, value] of Object.entries(sides)) box.setAttribute(name, value.toFixed(1));
    return sides;
  };

  map.classList.add("map__canvas");
  document.getElementById("draw-help").hidden = false;
  map.addEventListener("pointerdown", (event) => {
    start = placeOf(event);
    map.setPointerCapture(event.pointerId);
  });
  map.addEventListener("pointermove", (event) => {
    if (start) draw(start, placeOf(event));
  });
  map.addEventListener("pointerup", (event) => {
    if (!start) return;
    const { x, y, width, height } = draw(start, placeOf(event));
    start = null;
    if (width < 3 || height < 3) return;
    const longitude = (unit) => (Number(west) + unit / scale).toFixed(1);
    const latitude = (unit) => (north - unit / scale / stretch).toFixed(1);
    field.value = [longitude(x), latitude(y + height), longitude(x + width), latitude(y)].join(",");
    form.requestSubmit();
  });
  map.addEventListener("pointercancel", () => { start = null; });
})();
