// What a guessed number has to do with the right one: each sentence claims only what holds.
const near = (a, b, share) => Math.abs(a - b) <= Math.max(share, 1e-6) * Math.abs(b);
const ALIKE = 0.02; // share by which numbers may differ that are called the same, unless a question is stricter
const RIGHT = "You saw it coming.", TIMES = { 2: "twice", 3: "three times", 4: "four times", 10: "ten times" };
const relation = (guess, truth, tolerance) => {
  if (near(guess, truth, tolerance)) return RIGHT;
  if (!guess || !truth) return guess ? "It is 0, and that is worth a thought." : "It is not 0.";
  const ratio = guess / truth, size = Math.abs(ratio), other = ratio < 0, share = Math.min(tolerance, ALIKE);
  if (near(size, 1, share)) return "The size is right; look at the sign.";
  for (const [n, words] of Object.entries(TIMES)) {
    const exact = near(size * n, 1, 0) || near(size, +n, 0) ? "" : "about ";
    if (near(size * n, 1, share)) return `The answer is ${exact}${words} your guess${other ? ", with the other sign" : ""}.`;
    if (near(size, +n, share)) return `Your guess is ${exact}${words} the answer${other ? ", with the other sign" : ""}.`;
  }
  if (other) return "Even the sign is a surprise. Good: that is where one learns something.";
  const off = Math.abs(ratio - 1);
  return off < 0.2 ? `Close: ${Math.max(1, Math.round(100 * off))} % off.` : "A surprise? Good: that is where one learns something.";
};
