// Measures a rendered page: every text, every target, and whether it scrolls sideways. Gives what falls short.
(least) => {
  const short = [];
  const name = (node) => {
    const words = (node.innerText || node.value || node.getAttribute("aria-label") || "").trim().slice(0, 24);
    return `${node.tagName.toLowerCase()}.${node.className} “${words}”`;
  };
  const shown = (node) => {
    const box = node.getBoundingClientRect(), style = getComputedStyle(node);
    return box.width > 1 && box.height > 1 && style.visibility === "visible" && box.right > 0 &&
      !node.closest(".sr,[aria-hidden=true]") && node.checkVisibility({ contentVisibilityAuto: true });
  };
  const channels = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    return [red, green, blue, alpha];
  };
  const over = (top, below) => top.slice(0, 3).map((part, at) => part * top[3] + below[at] * (1 - top[3]));
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      layers.unshift(colour);
      if (colour[3] === 1) break;
    }
    return layers.reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const light = (colour) => {
    const [red, green, blue] = colour.map((part) => part / 255).map(
      (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (node) => {
    const below = ground(node), above = over(channels(getComputedStyle(node).color), below);
    const [dark, bright] = [light(above), light(below)].sort((one, other) => one - other);
    return (bright + 0.05) / (dark + 0.05);
  };
  const texts = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() && !["SCRIPT", "OPTION"].includes(node.tagName) && shown(node)) texts.add(node);
  }
  document.querySelectorAll("input:not([type=hidden]),select,textarea").forEach((box) => shown(box) && !["radio", "checkbox"].includes(box.type) && texts.add(box));
  for (const node of texts) {
    const style = getComputedStyle(node), size = parseFloat(style.fontSize), line = parseFloat(style.lineHeight);
    if (node.closest(".ot-skip")) continue;
    if (size < least.text) short.push(`text ${size}px: ${name(node)}`);
    if (line / size < least.line - 0.01) short.push(`line ${(line / size).toFixed(2)}: ${name(node)}`);
    if (contrast(node) < least.contrast) short.push(`contrast ${contrast(node).toFixed(2)}: ${name(node)}`);
  }
  const targets = "a[href],button,input:not([type=hidden]),select,textarea,summary";
  let tapped = 0;
  for (const node of document.querySelectorAll(targets)) {
    const target = ["radio", "checkbox"].includes(node.type) ? node.closest("label") || node : node;
    if (!shown(target) || node.closest(".ot-skip")) continue;
    const box = target.getBoundingClientRect();
    tapped += 1;
    if (box.width < least.target - 0.5 || box.height < least.target - 0.5)
      short.push(`target ${box.width.toFixed(0)}×${box.height.toFixed(0)}: ${name(target)}`);
  }
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) short.push(`${wide}px too wide`);
  return { short, texts: texts.size, tapped };
}
