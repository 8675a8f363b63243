// The gradient-flow ledger: Python has computed it for all positions of the switches.
class Ledger extends Explorer {
  get state() { return this.data.states[this.data.controls.map(({ name }) => +this.values[name]).join("")]; }

  show() {
    const { rows, setting, note } = this.state, lines = this.all("tr");
    rows.forEach((row, r) => row.forEach(([size, verdict, look], k) => {
      const cell = lines[r + 1].cells[k + 1];
      put(cell, { class: look });
      put(cell.firstChild, { text: size });
      put(cell.lastChild, { text: verdict });
    }));
    put(this.find(".note"), { text: note });
    return setting;
  }

  // The setting, and the rows that have changed.
  news() {
    const { setting, said } = this.state, news = said.filter((row, k) => row !== this.heard?.[k]);
    this.heard = said;
    return [setting, ...news].join(" ");
  }

  begin() { this.heard = this.state.said; }
}
