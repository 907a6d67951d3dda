// Keys of the moderation queue. They work while the focus is within the panel and not in a text: the text's heading takes it when a
// page opens, so that a reader of screens begins there and the next text can be decided at once. Escape leads back from a text.
const panel = document.querySelector("[data-moderation]");
const heading = panel?.querySelector("h2");
const refused = document.querySelector(".notice--bad");
if (heading && !location.hash) (refused ? panel.querySelector("[name=reason]") : heading).focus();
panel?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) {
    if (event.key === "Escape") heading.focus();
    return;
  }
  const key = CSS.escape(event.key.toLowerCase());
  const button = panel.querySelector(`[data-key="${key}"]`);
  const field = panel.querySelector(`[data-focus="${key}"]`);
  if (!button && !field) return;
  event.preventDefault();
  if (button) button.click();
  else field.focus();
});
