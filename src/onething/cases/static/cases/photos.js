// Photographs of a paper, before they are sent: upright, shrunk, without what the phone wrote into them; looked at,
// turned, put in order, taken out. Where a browser cannot, the files go as they are and the server does the same.
"use strict";
(() => {
  const LONG_EDGE = 2000, QUALITY = 0.85;
  if (!window.createImageBitmap || !window.DataTransfer) return;

  const drawn = (width, height, draw) => {
    const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
    canvas.width = width;
    canvas.height = height;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, width, height);
    draw(pen);
    return canvas;
  };
  const shrunk = async (file) => {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONG_EDGE / Math.max(picture.width, picture.height));
    const width = Math.round(picture.width * scale), height = Math.round(picture.height * scale);
    const canvas = drawn(width, height, (pen) => pen.drawImage(picture, 0, 0, width, height));
    picture.close();
    return canvas;
  };
  const turned = (canvas) => drawn(canvas.height, canvas.width, (pen) => {
    pen.translate(canvas.height, 0);
    pen.rotate(Math.PI / 2);
    pen.drawImage(canvas, 0, 0);
  });
  const written = (canvas, name) => new Promise((done) => {
    canvas.toBlob((blob) => done(new File([blob], name, { type: "image/jpeg" })), "image/jpeg", QUALITY);
  });
  const pageOf = async (file) => {
    if (!file.type.startsWith("image/")) return { file, canvas: null };
    try {
      const canvas = await shrunk(file), name = file.name.replace(/\.\w+$/, "") + ".jpg";
      return { file: await written(canvas, name), canvas };
    } catch { return { file, canvas: null }; } // not a picture that this browser opens: the server looks at it
  };

  const prepare = (box) => {
    const [chosen, shot] = box.querySelectorAll("input[type=file]"), list = box.querySelector("ol");
    const words = box.dataset, pages = [];
    const send = () => {
      const all = new DataTransfer();
      pages.forEach((page) => all.items.add(page.file));
      chosen.files = all.files;
      shot.value = "";
    };
    const button = (text, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "ot-link";
      made.textContent = text;
      made.addEventListener("click", async () => { await act(); send(); show(); });
      return made;
    };
    const line = (page, at) => {
      const item = document.createElement("li"), title = document.createElement("span");
      title.textContent = words.page.replace("0", at + 1) + (page.canvas ? "" : ` ${page.file.name}`);
      if (page.canvas) {
        page.canvas.setAttribute("role", "img");
        page.canvas.setAttribute("aria-label", title.textContent);
        page.canvas.className = "ot-leaf";
        item.append(page.canvas);
      }
      item.append(title);
      if (at) item.append(button(words.earlier, () => { pages.splice(at - 1, 2, page, pages[at - 1]); }));
      if (page.canvas) item.append(button(words.turn, async () => {
        page.canvas = turned(page.canvas);
        page.file = await written(page.canvas, page.file.name);
      }));
      item.append(button(words.out, () => { pages.splice(at, 1); }));
      return item;
    };
    const show = () => {
      list.replaceChildren(...pages.map(line));
      list.hidden = list.previousElementSibling.hidden = !pages.length;
    };
    const add = async (input) => {
      const files = [...input.files], fresh = files.filter((file) => !pages.some((page) => page.file === file));
      for (const file of fresh) pages.push(await pageOf(file));
      send();
      show();
    };
    [chosen, shot].forEach((input) => input.addEventListener("change", () => add(input)));
  };
  document.querySelectorAll("[data-photos]").forEach(prepare);
})();
