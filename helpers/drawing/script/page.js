// Writing on the page, where something changes only.
const memo = new WeakMap();
const put = (element, settings) => {
  if (!element) return;
  if (!memo.has(element)) memo.set(element, {});
  const known = memo.get(element);
  for (const [name, value] of Object.entries(settings)) {
    if (known[name] === value) continue;
    known[name] = value;
    if (name === "text") element.textContent = value; else element.setAttribute(name, value);
  }
};
const make = (parent, tag, className = "", text = "") =>
  Object.assign(parent.appendChild(document.createElement(tag)), { className, textContent: text });
const write = (element, pieces) => { // pieces: words, or [tag, class, words]
  const text = JSON.stringify(pieces);
  if (memo.get(element) === text) return;
  memo.set(element, text);
  element.textContent = "";
  for (const piece of pieces) Array.isArray(piece) ? make(element, ...piece) : element.append(piece);
};
