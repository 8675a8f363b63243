// Bring to life every output that waits, and from now on each one as it comes.
const KINDS = { gradient: Live };
const start = ([root, data]) => {
  if (root.dataset.ready !== undefined) return;
  root.dataset.ready = "";
  make(root, "style", "", CSS);
  new KINDS[root.dataset.kind](root, data);
};
const waiting = globalThis.ftgLive;
globalThis.ftgLive = { push: start };
waiting.forEach(start);
