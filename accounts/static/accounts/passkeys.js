// allauth tells of a passkey that failed by an event; the page says so where people and screen readers see it.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const notice = document.getElementById("passkey-error");
  notice.hidden = true;
  requestAnimationFrame(() => { notice.hidden = false; });
});
