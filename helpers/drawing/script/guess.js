// A guess before the answer, which stays out of the page until then; both are there again when the page is opened again.
const GUESS = `<div class="stage" tabindex="-1"><p class="say"><b></b> <span></span></p>
<form><div class="field"></div><button type="submit" class="go">${_("That is my guess")}</button><button type="button" class="show">${_("just show me")}</button><p class="note" role="status"></p></form></div>
<p class="quiet" aria-live="polite"></p>`;
const TOLD = `<p class="verdict"></p><div class="answer"></div><button type="button" class="again">${_("guess again")}</button>`;

class Guess {
  constructor(root, data) {
    const card = document.createElement("div"), told = document.createElement("div"), [, ...answer] = root.querySelector("details").childNodes;
    Object.assign(card, { className: "card guess", innerHTML: GUESS });
    Object.assign(told, { className: "told", tabIndex: -1, innerHTML: TOLD });
    told.querySelector(".answer").append(...answer);
    told.querySelector(":scope > .answer > .drawn")?.remove(); // the plot draws it beside the guess
    Object.assign(this, { data, told, find: (selector) => card.querySelector(selector) });
    const { title, ask, kind } = data, form = (this.form = this.find("form"));
    put(this.find(".say b"), { text: title });
    put(this.find(".say span"), { text: ask });
    this.field = FIELDS[kind](this.find(".field"), data);
    form.before(...form.querySelectorAll(".plot")); // it stays when the guess is made
    root.querySelectorAll(":scope > :not(style)").forEach((part) => part.remove());
    root.prepend(card);
    for (const part of [told, ...card.querySelectorAll(".stage, input, button"), ...told.querySelectorAll(":scope > button")]) part.dataset.lmSuppressShortcuts = "true";
    card.onkeydown = (event) => { if (!event.ctrlKey && !event.metaKey && event.key !== "Tab") event.stopPropagation(); };
    form.onsubmit = (event) => { event.preventDefault(); this.take(); };
    form.querySelector(".show").onclick = () => this.commit(null);
    told.querySelector(".again").onclick = () => this.again();
    const kept = this.kept;
    if (kept && (kept.guess === null || this.field.sensible(kept.guess))) this.reveal(kept.guess);
  }

  take() {
    const { field, data: { kind } } = this, guess = field.read();
    put(this.find(".note"), { text: guess === null ? field.missing : "" });
    if (kind === "number") put(field.first(), { "aria-invalid": guess === null });
    if (guess === null) field.first().focus(); else this.commit(guess);
  }

  commit(guess) {
    this.kept = { guess };
    this.reveal(guess);
    put(this.find(":scope > .quiet"), { text: [...this.told.querySelectorAll(":scope > .verdict, :scope > .answer > p")].map((part) => part.textContent).join(" ") });
    this.told.focus({ preventScroll: true });
  }

  reveal(guess) {
    const { field, told } = this, [said, verdict] = guess === null ? ["", ""] : [field.said(guess), field.verdict(guess)];
    field.show?.(guess);
    write(told.querySelector(".verdict"), said ? [_("You said "), ["b", "", said], `. ${verdict}`] : [verdict]);
    this.form.hidden = true;
    this.find(".stage").append(told);
  }

  again() {
    this.kept = null;
    this.told.remove();
    this.form.hidden = false;
    this.field.clear();
    for (const part of [".note", ":scope > .quiet"]) put(this.find(part), { text: "" });
    this.field.first().focus();
  }

  // On paper a question that is open stays open, and its answer stands on its head below.
  finish() {
    const { told } = this;
    if (told.isConnected) return undefined;
    told.classList.add("turned");
    this.find(".stage").append(told);
    return () => { told.classList.remove("turned"); told.remove(); };
  }

  get place() { return `ftg-guess ${this.data.notebook || location.pathname} ${this.data.key}`; }

  get kept() { try { return JSON.parse(localStorage.getItem(this.place)); } catch { return null; } } // a page may have no storage

  set kept(value) {
    try { if (value) localStorage.setItem(this.place, JSON.stringify(value)); else localStorage.removeItem(this.place); } catch {} // then it is forgotten
  }
}
