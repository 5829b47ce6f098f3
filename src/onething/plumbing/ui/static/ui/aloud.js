// 读给我听: reads the text of the page aloud, where the browser can. The button stays hidden where it cannot.
"use strict";
(() => {
  const button = document.getElementById("aloud"), voice = window.speechSynthesis;
  if (!button || !voice || !window.SpeechSynthesisUtterance) return;
  const words = button.querySelector("span");
  const say = (reading) => { words.textContent = reading ? button.dataset.stop : button.dataset.read; };
  const sentences = () => document.getElementById("main").innerText.match(/[^。！？\n]+[。！？]?/g) || [];
  const stop = () => { voice.cancel(); say(false); };
  const read = () => {
    const parts = sentences();
    parts.forEach((part, at) => {
      const line = new SpeechSynthesisUtterance(part);
      line.lang = document.documentElement.lang;
      line.rate = 0.9;
      if (at === parts.length - 1) line.onend = () => say(false);
      voice.speak(line);
    });
    say(parts.length > 0);
  };
  button.hidden = false;
  button.addEventListener("click", () => (voice.speaking || voice.pending ? stop() : read()));
  window.addEventListener("pagehide", () => voice.cancel());
})();
