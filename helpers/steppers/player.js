// Plays pictures that Python has drawn; knows nothing about gradients.
// Jupyter takes the arrow keys from focused elements unless they carry data-lm-suppress-shortcuts themselves.
// A question stops the way forward until it is answered: it compares the typed number with numbers that Python has listed.
// The frames arrive compressed; should the browser not be able to unpack them, the still picture stays.
(async () => {
  const script = document.currentScript;
  const root = script ? script.closest(".ftg-player") : document.querySelector(".ftg-player:not([data-ready])");
  root.dataset.ready = "";
  const packed = atob(root.querySelector("script[type='application/zlib']").textContent);
  const bytes = new Blob([Uint8Array.from(packed, (character) => character.charCodeAt(0))]);
  const unpacked = new Response(bytes.stream().pipeThrough(new DecompressionStream("deflate")));
  const { elements, frames, label, start, pauses, questions = {} } = await unpacked.json();
  const captions = [...root.querySelectorAll("tbody td:last-child")].map((cell) => cell.textContent);
  const last = frames.length - 1, asked = Object.keys(questions).map(Number), said = {}, tries = {};

  const add = (tag, attributes, text, parent) => {
    const element = parent.appendChild(document.createElement(tag));
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    if (/button|input|select/.test(tag)) element.dataset.lmSuppressShortcuts = "true";
    element.textContent = text;
    return element;
  };
  const stage = document.createElement("div");
  root.querySelector("img").replaceWith(stage);
  const bar = add("div", { class: "ftg-bar" }, "", stage);
  const back = add("button", { type: "button" }, "◀ back", bar);
  const play = add("button", { type: "button" }, "▶ play", bar);
  const next = add("button", { type: "button" }, "next ▶", bar);
  const slider = add("input", { type: "range", min: 0, max: last, step: 1, "aria-label": `step, ${label}` }, "", bar);
  const counter = add("span", { class: "ftg-count" }, "", bar);
  const speed = add("select", { "aria-label": "speed" }, "", bar);
  for (const name in pauses) add("option", { value: pauses[name] }, name, speed);
  const caption = add("p", { class: "ftg-caption", "aria-live": "polite" }, "", stage);
  const picture = add("div", { class: "ftg-picture" }, "", stage);
  const ask = asked.length ? add("div", { class: "ftg-question" }, "", stage) : null;
  const prompt = ask && add("label", {}, "", ask), promptText = ask && add("span", {}, "", prompt);
  const field = ask && add("input", { type: "text", autocomplete: "off", spellcheck: false }, "", prompt);
  const [checkIt, showMe] = ask ? ["check", "show me"].map((name) => add("button", { type: "button" }, name, ask)) : [];
  const verdict = ask && add("p", { class: "ftg-verdict", role: "status" }, "", stage);
  const note = add("p", { class: "ftg-note", role: "status" }, "", stage);

  let shown = -1, node = "0", timer = null;
  const nodes = () => [...picture.querySelectorAll("[data-node]")];
  const explain = (box) => { node = box.dataset.node; note.textContent = box.getAttribute("aria-label"); };
  const prepare = (hadFocus) => {
    for (const box of nodes()) {
      box.dataset.lmSuppressShortcuts = "true";
      box.setAttribute("tabindex", box.dataset.node === node ? 0 : -1);
      if (hadFocus && box.dataset.node === node) { box.focus({ preventScroll: true }); explain(box); }
    }
  };
  const limit = () => asked.find((k) => !(k in said)) ?? last;
  const isOpen = () => shown in questions && !(shown in said);
  const showQuestion = () => {
    const hadFocus = ask.contains(document.activeElement);
    ask.style.visibility = isOpen() ? "visible" : "hidden"; // its place stays, so that nothing below moves
    field.value = "";
    promptText.textContent = questions[limit()]?.prompt ?? "";
    verdict.textContent = said[shown] ?? said[shown - 1] ?? "";
    if (hadFocus && !isOpen()) next.focus({ preventScroll: true }); // the verdict stays in view
  };
  const show = (step) => {
    const k = Math.max(0, Math.min(limit(), step));
    if (k === shown) return;
    const hadFocus = picture.contains(document.activeElement);
    shown = k;
    picture.innerHTML = frames[k].map((place) => elements[place]).join("");
    caption.textContent = captions[k];
    slider.value = k;
    slider.setAttribute("aria-valuetext", `step ${k + 1} of ${last + 1}`);
    counter.textContent = `${k + 1} / ${last + 1}`;
    for (const [button, off] of [[back, k === 0], [next, k === limit()]]) button.setAttribute("aria-disabled", off);
    prepare(hadFocus);
    if (ask) showQuestion();
  };
  const pause = () => { clearInterval(timer); timer = null; play.textContent = "▶ play"; };
  const tick = () => {
    if (shown === last || !root.isConnected) return pause();
    show(shown + 1);
    if (isOpen()) pause();
  };
  const start_playing = () => { if (isOpen()) return field.focus(); if (shown === last) show(0); play.textContent = "❚❚ pause"; timer = setInterval(tick, +speed.value); };
  const slide = (k) => { pause(); show(k); slider.value = shown; };
  const step = (k) => { slide(k); if (isOpen()) field.focus(); };
  const answered = (words) => { said[shown] = words; slide(shown + 1); };
  const check = () => {
    const { answer, mistakes, near, hints } = questions[shown];
    const typed = field.value.replace(/\s/g, "").replace(/[−–]/g, "-").replace(",", ".");
    const isNumber = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(typed);
    const hit = [answer, ...mistakes, near].find((one) => Math.abs(typed - one.number) <= one.tolerance);
    if (isNumber && hit === answer) return answered(hit.words);
    if (isNumber) tries[shown] = (tries[shown] ?? 0) + 1;
    verdict.textContent = !isNumber ? "A number is expected, such as 0.25 or −0.25."
      : hit ? hit.words : hints[Math.min(tries[shown], hints.length) - 1];
    field.focus();
    field.select();
  };

  if (ask) {
    checkIt.onclick = check;
    showMe.onclick = () => answered(questions[shown].reveal);
    field.addEventListener("keydown", (event) => {
      event.stopPropagation(); // every key edits the text, none steps
      if (event.key === "Enter" && !event.repeat) check();
      else if (event.key === "Escape") next.focus();
      else return;
      event.preventDefault();
    });
  }
  back.onclick = () => step(shown - 1);
  next.onclick = () => step(shown + 1);
  play.onclick = () => (timer ? pause() : start_playing());
  slider.oninput = () => slide(+slider.value);
  speed.onchange = () => { if (timer) { pause(); start_playing(); } };
  picture.onclick = (event) => { const box = event.target.closest("[data-node]"); if (box) box.focus(); };
  picture.addEventListener("focusin", (event) => {
    const box = event.target.closest("[data-node]");
    if (box) { explain(box); prepare(false); }
  });
  stage.addEventListener("keydown", (event) => {
    if (event.target === speed || event.target === picture || event.ctrlKey || event.altKey || event.metaKey) return;
    const keys = { ArrowLeft: () => step(shown - 1), ArrowRight: () => step(shown + 1), Home: () => step(0), End: () => step(last) };
    const walk = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (walk && picture.contains(event.target)) {
      const all = nodes(), here = all.findIndex((box) => box.dataset.node === node);
      all[(here + walk + all.length) % all.length].focus();
    } else if (keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  show(start);
  if (!nodes().length) { picture.tabIndex = 0; picture.dataset.lmSuppressShortcuts = "true"; } // its own arrow keys scroll
  note.textContent = nodes().length ? "Arrow keys step; click a box, or tab to one, for its formula." : "Arrow keys step; Home and End jump.";
})();
