// Links to a picture and a step: #step-12, #u1, #NAME:u1, where NAME is the id of the cell that shows the picture.
// Without it the first picture of the page is meant. While a hand moves a picture, the page's address follows.
const STEP = /^step-(\d+)$/, MOVING = ".ftg-live:is([data-kind=gradient], [data-kind=frames])", GRAPH = ".ftg-live[data-kind=gradient]";

const labelled = (view, part) => view.graph?.nodes.findIndex(({ label }) => encodeURIComponent(label) === part) ?? -1;

// Show this part of the picture; false where it has none of that name.
const visit = (view, part) => {
  const [, step] = part.match(STEP) ?? [], box = step ? -1 : labelled(view, part);
  if (step) view.jump(view.graph ? +step : step - 1);
  else if (box >= 0) { view.jump(view.end); view.choose(box, view.finished); view.paint(); }
  return step || box >= 0;
};

const present = (view) => {
  if (view.graph && view.dim) return encodeURIComponent(view.graph.nodes[view.chosen].label);
  return `step-${view.graph ? Math.round(view.goal ?? view.t) : view.shown + 1}`;
};

const follow = (root, view) => {
  const [, name, part] = location.hash.match(/^#(?:([\w-]+):)?([^:]+)$/) ?? [];
  if (!part) return;
  const place = name ? document.getElementById(name) : document;
  if (place?.querySelector(STEP.test(part) ? MOVING : GRAPH) !== root || !visit(view, part)) return;
  const show = () => root.scrollIntoView({ block: "center" });
  show();
  if (document.readyState !== "complete") addEventListener("load", show, { once: true }); // what stands above may still grow
};

addEventListener("ftg-ready", ({ target: root, detail: view }) => {
  performance.mark("ftg-ready");
  if (!root.matches(MOVING)) return;
  follow(root, view);
  addEventListener("hashchange", () => follow(root, view));
  const name = root.closest(".cell[id]")?.id;
  for (const kind of ["click", "keyup", "change"])
    root.addEventListener(kind, () => setTimeout(() => history.replaceState(null, "", `#${name ? `${name}:` : ""}${present(view)}`)));
});

// What Python draws under the hand stands still here, and says where it moves.
addEventListener("DOMContentLoaded", () => {
  const run = document.querySelector("[data-run]");
  for (const board of run ? document.querySelectorAll(".ftg-live[data-kind=board]") : [])
    board.insertAdjacentHTML("afterend", `<p class="still">These controls need Python: <a href="${run.href}">run it in your browser</a>.</p>`);
});
