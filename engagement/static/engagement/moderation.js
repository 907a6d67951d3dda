// Keys of the moderation queue: A lets the text pass, R goes to the reason of a refusal. Not while one writes.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const key = event.key.toLowerCase();
  const button = document.querySelector(`[data-moderation] [data-key="${CSS.escape(key)}"]`);
  const field = document.querySelector(`[data-moderation] [data-focus="${CSS.escape(key)}"]`);
  if (!button && !field) return;
  event.preventDefault();
  if (button) button.click();
  else field.focus();
});
