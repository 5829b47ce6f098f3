// The workbench by keyboard. Everything here can also be done without it: a key only presses what is on the page
// (data-key), or goes from row to row (data-row). Off while somebody types; switched off it stays off in this browser.
"use strict";
(function () {
  const STORE = "onething.keys";
  const root = document.documentElement;
  const remembered = { read: () => { try { return localStorage.getItem(STORE); } catch { return null; } },
    write: (value) => { try { localStorage.setItem(STORE, value); } catch { /* private window: for this page only */ } } };
  let isOn = remembered.read() !== "off";

  function show() {
    root.classList.add("keys-there");
    root.classList.toggle("keys-on", isOn);
    for (const button of document.querySelectorAll("[data-keys-switch]")) {
      button.dataset.on = button.dataset.on || button.textContent;
      button.textContent = isOn ? button.dataset.on : button.dataset.off;
      button.setAttribute("aria-pressed", String(!isOn));
    }
  }

  for (const button of document.querySelectorAll("[data-keys-switch]")) {
    button.addEventListener("click", function () {
      isOn = !isOn;
      remembered.write(isOn ? "on" : "off");
      show();
    });
  }

  const rows = Array.from(document.querySelectorAll("[data-row]"));
  const current = () => rows.findIndex((row) => row.classList.contains("on"));

  function go(step) {
    if (!rows.length) return;
    const at = current();
    const next = Math.min(Math.max(at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step, 0), rows.length - 1);
    for (const row of rows) row.classList.toggle("on", row === rows[next]);
    const link = rows[next].querySelector("a");
    if (link) link.focus();
    rows[next].scrollIntoView({ block: "nearest" });
  }

  function choose() {
    const row = rows[current()];
    const box = row && row.querySelector("input[type=checkbox]");
    if (box) box.click();
  }

  function isTyping(target) {
    if (target.isContentEditable) return true;
    if (target.tagName === "INPUT") return !["checkbox", "radio", "button", "submit"].includes(target.type);
    return ["TEXTAREA", "SELECT"].includes(target.tagName);
  }

  function press(key) {
    const there = Array.from(document.querySelectorAll("[data-key]"));
    const found = there.find((one) => one.dataset.key === key && !one.disabled);
    if (!found) return false;
    const isField = ["INPUT", "SELECT", "TEXTAREA"].includes(found.tagName) && found.type !== "radio";
    if (isField || found.tagName === "H2") {
      found.focus();
      found.scrollIntoView({ block: "nearest" });
    } else {
      found.click();
    }
    return true;
  }

  document.addEventListener("keydown", function (event) {
    if (!isOn || event.defaultPrevented || event.isComposing || event.repeat && event.key === "Enter") return;
    const isAccepting = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if ((event.ctrlKey || event.metaKey || event.altKey) && !isAccepting) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") event.target.blur();
      if (event.key === "Escape" || !isAccepting) return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    let isDone = true;
    if (isAccepting) isDone = press("a");
    else if (key === "j") go(1);
    else if (key === "k") go(-1);
    else if (key === "x") choose();
    else if (key === "=") isDone = press("+");
    else if (key !== "Enter") isDone = press(key);
    else isDone = false;
    if (isDone) event.preventDefault();
  });

  show();
})();
