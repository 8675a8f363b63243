// What a reader guesses with. Each makes its field in the form and returns how to begin anew, where the keyboard starts,
// what it holds (null before a guess), what to say then, which guess makes sense, how to name one, and the verdict on it.
// A field may have its own way to show a guess, or none (null), beside the answer.
const FIELDS = {
  number(form, { truth, tolerance, known }) {
    const label = make(form, "label", "", _("Your guess ")), input = make(label, "input");
    put(input, { type: "text", size: 9, autocomplete: "off", spellcheck: "false" });
    make(label, "small", "", tolerance ? _(` right within ${brief(100 * tolerance)} %`) : _(" right if exact"));
    return {
      clear: () => { input.value = ""; },
      first: () => input,
      read: () => typed(input.value),
      missing: _("A number is expected, such as 0.25, −0,25 or 1/4."),
      sensible: Number.isFinite,
      said: (guess) => String(guess).replace("-", "−"),
      verdict: (guess) => (near(guess, truth, tolerance) ? RIGHT : known.find(([one]) => near(guess, one, Math.min(tolerance, ALIKE)))?.[1] ?? relation(guess, truth, tolerance)),
    };
  },

  choice(form, { ask, truth, options }) {
    const group = make(form, "div", "options"), radios = options.map(([words]) => {
      const label = make(group, "label"), radio = make(label, "input");
      put(radio, { type: "radio", name: "guess", value: words });
      label.append(words);
      return radio;
    });
    put(group, { role: "radiogroup", "aria-label": ask });
    const chosen = () => radios.find((radio) => radio.checked);
    return {
      clear: () => radios.forEach((radio) => { radio.checked = false; }),
      first: () => chosen() ?? radios[0],
      read: () => chosen()?.value ?? null,
      missing: _("Choose one of them first."),
      sensible: (guess) => options.some(([words]) => words === guess),
      said: (guess) => guess,
      verdict: (guess) => (guess === truth ? _("So it is.") : options.find(([words]) => words === guess)[1] || _("It is another one.")),
    };
  },

  sketch(form, data) {
    const { columns, heights, names: [across, up] } = data, curve = new Curve(make(form, "div", "plot"), data);
    const height = data.plane.y[1] - data.plane.y[0];
    return {
      clear: () => curve.begin(),
      first: () => curve.handles[curve.at],
      read: () => (curve.drawn ? curve.heights : null),
      missing: _("Draw the curve first: drag over the plot, or use the arrow keys."),
      sensible: (guess) => Array.isArray(guess) && guess.length === columns.length && guess.every(Number.isFinite),
      show: (guess) => curve.compare(guess),
      said: () => "", // it is seen
      verdict: (guess) => {
        const gaps = guess.map((one, k) => Math.abs(one - heights[k])), k = gaps.indexOf(Math.max(...gaps));
        if (gaps[k] <= 0.1 * height) return _(`${RIGHT} Nowhere are you off by more than a tenth of the plot's height.`);
        return _(`You are furthest off at ${across} = ${brief(columns[k])}: there you drew ${brief(guess[k])}, and ${up} is ${brief(heights[k])}.`);
      },
    };
  },
};
