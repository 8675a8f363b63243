// What a guessed number has to do with the right one: each sentence claims only what holds.
const near = (a, b, share) => Math.abs(a - b) <= Math.max(share, 1e-6) * Math.abs(b);
const ALIKE = 0.02; // share by which numbers may differ that are called the same, unless a question is stricter
const RIGHT = _("You saw it coming."), TIMES = { 2: _("twice"), 3: _("three times"), 4: _("four times"), 10: _("ten times") };
const relation = (guess, truth, tolerance) => {
  if (near(guess, truth, tolerance)) return RIGHT;
  if (!guess || !truth) return guess ? _("It is 0, and that is worth a thought.") : _("It is not 0.");
  const ratio = guess / truth, size = Math.abs(ratio), other = ratio < 0, share = Math.min(tolerance, ALIKE);
  if (near(size, 1, share)) return _("The size is right; look at the sign.");
  const turned = other ? _(", with the other sign") : "";
  for (const [n, words] of Object.entries(TIMES)) {
    const exact = near(size * n, 1, 0) || near(size, +n, 0) ? "" : _("about ");
    if (near(size * n, 1, share)) return _(`The answer is ${exact}${words} your guess${turned}.`);
    if (near(size, +n, share)) return _(`Your guess is ${exact}${words} the answer${turned}.`);
  }
  if (other) return _("Even the sign is a surprise. Good: that is where one learns something.");
  const off = Math.abs(ratio - 1);
  return off < 0.2 ? _(`Close: ${Math.max(1, Math.round(100 * off))} % off.`) : _("A surprise? Good: that is where one learns something.");
};
