// Compares a chosen PDF with the issued one without sending it: sha256 is computed in the browser.
// Where the browser cannot (no secure connection, no script), the form goes to the server, which keeps nothing.
"use strict";
(function () {
  const form = document.getElementById("check-slip");
  if (!form || !window.crypto || !window.crypto.subtle || !File.prototype.arrayBuffer) return;
  document.getElementById("leaves").hidden = true;
  document.getElementById("stays").hidden = false;
  form.querySelector("input[type=file]").setAttribute("aria-describedby", "stays");

  function show(verdict) {
    for (const block of document.querySelectorAll("[data-verdict]")) block.hidden = block.dataset.verdict !== verdict;
    document.getElementById("verdict").scrollIntoView({ block: "center" });
  }

  async function digest(part) {
    const bytes = new Uint8Array(await window.crypto.subtle.digest("SHA-256", await part.arrayBuffer()));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  form.addEventListener("submit", async function (event) {
    event.preventDefault();
    const file = form.querySelector("input[type=file]").files[0];
    if (!file) return;
    show("");
    const first = Number(form.dataset.size); // a PDF can be changed by adding to its end
    if ((await digest(file)) === form.dataset.digest) show("same");
    else if (file.size > first && (await digest(file.slice(0, first))) === form.dataset.digest) show("grown");
    else show("other");
  });
})();
