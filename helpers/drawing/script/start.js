// Bring to life every output of this kind that waits, and from now on each one as it comes.
const start = ([root, data]) => {
  if ("ready" in root.dataset) return;
  root.dataset.ready = "";
  root.querySelector(".ftg-asleep")?.remove();
  make(root, "style", "", CSS);
  const view = new View(root, data), summaries = [...root.querySelectorAll("summary")];
  for (const part of [root, ...summaries]) part.dataset.lmSuppressShortcuts = "true";
  root.tabIndex = -1; // a click on nothing gives the focus to the frame, and the frame gives it to the picture
  root.addEventListener("focus", () => root.querySelector(".stage").focus({ preventScroll: true }));
  root.dispatchEvent(new CustomEvent("ftg-ready", { bubbles: true, detail: view })); // for a page that knows what to do with it
  let back = null;
  const finish = () => { // on paper all is open, and at its end
    if (back || !root.isConnected) return;
    const folded = [...root.querySelectorAll("details:not([open])")], undo = view.finish?.();
    folded.forEach((part) => { part.open = true; });
    back = () => { folded.forEach((part) => { part.open = false; }); undo?.(); };
  }, restore = () => { back?.(); back = null; };
  addEventListener("beforeprint", finish);
  addEventListener("afterprint", restore);
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? finish() : restore()));
};
const waiting = globalThis.ftgLive[KEY];
globalThis.ftgLive[KEY] = { push: start };
waiting.forEach(start);
