/* One box that ticks all those of a list, and shows whether all, some or none are ticked. Without this script it is not there. */
"use strict";
(() => {
  for (const all of document.querySelectorAll("[data-tick-all]")) {
    const boxes = [...document.getElementsByName(all.dataset.tickAll)];
    const show = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      all.checked = ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    };
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
    });
    for (const box of boxes) box.addEventListener("change", show);
    all.closest("[hidden]").hidden = boxes.length < 2;
    show();
  }
})();
