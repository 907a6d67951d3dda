/* Sends a large file in parts before the form, so that what breaks off goes on where it stopped. Small ones go with the form. */
"use strict";
(() => {
  const SMALL = 2 * 1024 * 1024;
  const TRIES = 6;
  const form = document.querySelector("[data-upload]");
  const field = form.elements.file;
  const status = document.getElementById("upload-status");
  const bar = status.querySelector("progress");
  const words = status.querySelector("span");
  const wait = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const ask = (url, method, body, headers = {}) =>
    fetch(url, { method, body, headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, ...headers } });

  /* Browsers compute hashes in secure contexts only; elsewhere TCP's own checksums must do. */
  const digest = async (part) => {
    if (!window.crypto?.subtle) return {};
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await part.arrayBuffer()));
    return { "Content-Digest": `sha-256=:${btoa(String.fromCharCode(...bytes))}:` };
  };

  const show = (share) => {
    status.hidden = false;
    bar.hidden = false;
    bar.value = share;
    words.textContent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(share);
  };

  const begin = async (file) => {
    const data = new FormData();
    data.set("filename", file.name);
    data.set("size", file.size);
    data.set("fingerprint", file.lastModified);
    const answer = await ask(form.dataset.upload, "POST", data);
    const found = await answer.json();
    if (!answer.ok) throw new Error(found.error);
    return found;
  };

  const sendPart = async (file, begun, received) => {
    const part = file.slice(received, received + begun.part);
    const headers = { "Upload-Offset": received, ...(await digest(part)) };
    const answer = await ask(begun.url, "PUT", part, headers);
    if (!answer.ok && answer.status !== 409) throw new Error(form.dataset.failed);
    return (await answer.json()).received;
  };

  const send = async (file) => {
    const begun = await begin(file);
    let received = begun.received;
    let failures = 0;
    while (received < file.size) {
      show(received / file.size);
      try {
        received = await sendPart(file, begun, received);
        failures = 0;
      } catch {
        failures += 1;
        if (failures === TRIES) throw new Error(form.dataset.failed);
        await wait(2 ** failures);
      }
    }
    show(1);
    return begun.upload;
  };

  form.addEventListener("submit", async (event) => {
    const [file] = field.files;
    if (!file || file.size <= SMALL) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    try {
      form.elements.upload.value = await send(file);
      field.value = "";
      form.submit();
    } catch (error) {
      status.hidden = false;
      bar.hidden = true;
      words.textContent = error instanceof TypeError || error instanceof SyntaxError ? form.dataset.failed : error.message;
      form.ariaBusy = "false";
    }
  });
})();
