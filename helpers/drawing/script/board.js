// A picture that Python draws: two hidden widgets, a text field and its answer, are the wire to the kernel.
const PATIENCE = 1500, LONG = 6000; // milliseconds until a missing wire, or a missing answer, is mentioned
const ASLEEP = "The controls need a running kernel: run this cell again.";

class Board extends Explorer {
  begin() {
    Object.assign(this, { turn: 0, waiting: false, late: false, begun: Date.now(), said: this.caption });
    this.note = make(this.card, "p", "note");
    this.find(".controls").inert = true;
  }

  // Widgets come after their place in the page, and again when a cell moves or comes back into view.
  connect() {
    if (!this.root.isConnected) this.looking = clearInterval(this.looking);
    if (!this.looking || this.field?.isConnected) return;
    const wire = document.querySelector(`.${this.data.wire}`), answer = wire?.querySelector(".widget-html-content");
    this.field = wire?.querySelector("input");
    this.find(".controls").inert = !answer;
    put(this.note, { text: answer || Date.now() - this.begun < PATIENCE ? "" : ASLEEP });
    if (!answer) return;
    new MutationObserver(() => this.receive(answer.firstElementChild)).observe(answer, { childList: true, subtree: true });
    this.waiting = false;
    this.ask();
  }

  fit() {
    super.fit();
    this.looking ??= setInterval(() => this.connect(), 250);
    const tall = this.find(".stage").clientWidth < NARROW;
    if (tall !== !!this.tall) { this.tall = tall; this.ask(); }
  }

  show() { this.ask(); return this.said; }

  // The newest question only: while one is on its way, others wait.
  ask() {
    const question = JSON.stringify({ values: this.values, tall: !!this.tall });
    if (!this.field?.isConnected || question === this.asked) return;
    if (this.waiting) { this.late = true; return; }
    Object.assign(this, { asked: question, waiting: true, late: false, turn: this.turn + 1 });
    this.field.value = JSON.stringify({ turn: this.turn, ...JSON.parse(question) });
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.alarm = setTimeout(() => put(this.note, { text: `No answer from the kernel yet. ${ASLEEP}` }), LONG);
  }

  receive(answer) {
    if (+answer?.dataset.turn !== this.turn) return;
    clearTimeout(this.alarm);
    put(this.note, { text: "" });
    this.waiting = false;
    this.said = answer.dataset.words;
    const svg = answer.querySelector("svg");
    if (svg) {
      this.picture.replaceWith((this.picture = svg.cloneNode(true)));
      this.picture.classList.remove("ftg-still");
    }
    this.fit();
    this.paint();
    if (this.late) this.ask();
  }
}
