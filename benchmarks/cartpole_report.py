"""The report of `make bench-cartpole` as Markdown."""

import platform
import statistics
from importlib.metadata import version

import corridor_client
from backprop_report import duration, table
from cartpole_measures import each_step, passing, seconds, steps, with_compiling
from cartpole_targets import verdicts
from looks import EPISODES, GREEDY_ONLY, THE_RULE
from solvers import BUDGET, FIRST_SEED, JAX, OURS, PPO, PPO_BUDGET, SOLVERS
from turns import CLIENT

DIFFERENCES = [
    "**Settings.** Ours were chosen for this very task (with other seeds than these). Those of stable-baselines3 are "
    "the ones that rl-baselines3-zoo publishes for CartPole-v1; for A2C they are its defaults with 8 environments. "
    "CleanRL's manner takes the same for A2C. With settings searched for as ours were, the others might need fewer "
    "steps.",
    "**Observations.** Ours, and the same in PyTorch and JAX, see them divided by fixed numbers "
    "(`helpers.rl.cartpole.SCALE`), which is knowledge of the task. The others see them as they come.",
    "**Environments and updates.** Ours: 32 poles, one update for each step of all of them, 4-32-2 and 4-32-1, "
    "float64, plain gradient steps. The same in PyTorch (eager) and JAX: in float32. A2C: 8 poles, an update every 5 "
    "steps, 4-64-64-2 and 4-64-64-1, float32, RMSprop, clipped gradients. PPO: 8 poles, 20 epochs every 32 steps, "
    "Adam.",
    "**Poles.** Gymnasium's vectorised CartPole-v1. For ours and the same in PyTorch it is reset in the step after an "
    "episode's end (which is no environment step here, but its time counts); for the rest in the same step, which they "
    "expect. `DummyVecEnv` is how stable-baselines3 is used as a rule: one pole after the other. It runs on both, and "
    "the smaller ratio is judged. JAX has poles of its own.",
    "**Features.** stable-baselines3 logs, checks and serves any task. CleanRL's manner is A2C in one loop without "
    "that; but for the poles and the time limit, what a step of SB3's A2C costs more is the framework's.",
]


def report(courses, times, clients, missing, every):
    """Everything in one text.

    courses, times, clients: as by `turns.race` and `turns.on_the_corridor`; missing: names of solvers; every:
    environment steps from look to look.
    """
    judged = verdicts(courses, times, clients)
    reasons = list(dict.fromkeys(verdict.why for verdict in judged if verdict.figures and verdict.missed))
    texts = [
        "# CartPole until solved: our actor-critic and its peers",
        "Written by `make bench-cartpole`: one run, one machine, one thread for everyone. CartPole-v1 counts as solved "
        f"when the mean return of {EPISODES} episodes is at least 475, of the actions as drawn *and* of the likelier "
        "action each time. All are judged by the same code (`helpers.rl.cartpole.evaluate`) on the same "
        "vectorised poles, "
        f"at the first end of an update after every {every:,} environment steps. These evaluations do not count, nor "
        "do imports, building and a short warm-up; JAX's compiling is shown apart. The solvers take turns, so that a "
        f"change of the machine's speed meets all alike. Seeds begin at {FIRST_SEED:,}; no setting was chosen with "
        f"them. Trainings end after {BUDGET:,} environment steps, PPO's after {PPO_BUDGET:,}: the budgets that "
        "rl-baselines3-zoo publishes; PPO's schedules fall to 0 over its budget. An unsolved training counts with the "
        "time and steps until its end, which is less than it would need.",
        f"Missing, and so not measured: {', '.join(missing)}; `make bench-setup` installs what they need."
        if missing
        else "Nobody is missing.",
        "## Targets",
        table(["target", "measured"], [[verdict.target, verdict.text] for verdict in judged]),
        *(f"Why missed: {reason}" for reason in reasons),
        "Ratios are of medians. A ratio over stable-baselines3 says how much longer a reader would wait; it is made of "
        "the cost of a step and of the number of steps, and the second is no merit of the code. Only *the same in "
        "PyTorch* compares code with code.",
        "## Sampled and greedy",
        "The rule. *Again*: trainings whose last actor passes a second evaluation, on other poles than those that "
        "ended the training. *A step*: time for each environment step, over all trainings.",
        of_all(courses, THE_RULE),
        "## Judged greedily only",
        "The same trainings at the first look at which the likelier action alone reaches 475. A likelier action can be "
        "good long before the draws are; where it is, the ratio is smaller by this rule.",
        of_all(courses, GREEDY_ONLY),
        "## What differs",
        "\n".join(f"- {line}" for line in DIFFERENCES),
        "## The limit: one compiled program",
        limit(courses),
        "## The corridor",
        of_corridor(times, clients),
        "## Versions",
        "\n".join(f"- {line}" for line in about(courses)),
    ]
    return "\n\n".join(texts) + "\n"


def of_all(courses, rule):
    """A row for each solver, by one rule; what does not depend on the rule stands in the first table only."""
    rows, head = [], ["", "solved", "median", "range", "ratio", "steps, median", "range"]
    for name, mine in courses.items():
        looks = passing(mine, rule)
        spent, taken = [look.seconds for look in looks], [look.steps for look in looks]
        solved, again = sum(course.first(rule) is not None for course in mine), sum(c.again.solved for c in mine)
        rows.append(
            [
                name,
                f"{solved} of {len(mine)}",
                f"{seconds(mine, rule):.3g} s",
                f"{min(spent):.3g} to {max(spent):.3g} s",
            ]
            + [f"{seconds(mine, rule) / seconds(courses[OURS], rule):.3g}", f"{steps(mine, rule):,.0f}"]
            + [f"{min(taken):,} to {max(taken):,}"]
        )
        if rule == THE_RULE:
            rows[-1] += [f"{1e6 * each_step(mine):.3g} µs", f"{again} of {len(mine)}"]
    return table(head + ["a step", "again"] * (rule == THE_RULE), rows)


def limit(courses):
    """What JAX makes of it, in words."""
    if JAX not in courses:
        return "JAX is missing, and so the limit was not measured."
    alone, ours, whole = seconds(courses[JAX]), seconds(courses[OURS]), with_compiling(courses[JAX])
    compiling = statistics.median(course.compiling for course in courses[JAX])
    return (
        "NumPy is not the fastest way. The same algorithm as one program of JAX, with poles, networks and updates in a "
        f"compiled `lax.scan` from one look to the next, takes {alone:.3g} s (median) where ours takes "
        f"{ours:.3g} s: ours takes {ours / alone:.3g} times as long. Compiling takes {compiling:.3g} s, and so "
        f"the first training {whole:.3g} s, {whole / ours:.3g} times as long as ours. Compiled once, the program "
        "serves any number of seeds, and could train many side by side; the poles had to be written anew for it, since "
        "Gymnasium's are NumPy, which JAX does not compile."
    )


def of_corridor(times, clients):
    """Our times, and what stable-baselines3 has learnt."""
    settings = ", ".join(f"{name}={value}" for name, value in corridor_client.SETTINGS.items())
    ours = "; ".join(f"{what}: {duration(spent)}" for what, spent in times.items())
    texts = [f"The slowest of 20 times, with theta0. {ours}. The episodes are walked, weighed and averaged."]
    if not clients:
        return texts[0] + f"\n\n{SOLVERS[PPO].needs} is missing, and so nothing was trained in the corridor."
    texts.append(
        "stable-baselines3 is an independent client of `SwitchedCorridor`: its `check_env` accepts it, and it learns "
        f"in 8 of them, each with gymnasium's `TimeLimit` of {corridor_client.LIMIT} steps. The best possible return "
        f"is -3. Only PPO is judged, with settings ({settings}) and a number of steps that were chosen for the "
        "corridor, with other seeds; A2C shows what its defaults do in as many steps. The mean is that of "
        f"{corridor_client.EVALUATED} episodes of the final policy as drawn (`evaluate_policy`), the exact return "
        "`helpers.rl.corridor.exact_return` of its probabilities of right."
    )
    rows = [
        [c.kind, str(c.seed), f"{c.steps:,}", f"{c.seconds:.2g} s", ", ".join(f"{p:.3f}" for p in c.p)]
        + [f"{c.mean:.3f}", f"{c.exact:.3f}"]
        for c in clients
    ]
    texts.append(table(["method", "seed", "steps", "time", "p0, p1, p2", "mean return", "exact return"], rows))
    return "\n\n".join(texts)


def about(courses):
    """Lines on the machine and the packages."""
    yield f"Python {platform.python_version()}, {platform.system()} {platform.machine()}."
    needed = dict.fromkeys(["numpy", "gymnasium", *(SOLVERS[name].needs for name in courses)])
    yield ", ".join(f"{package} {version(package)}" for package in needed) + "."
    if any(SOLVERS[name].module == CLIENT for name in courses):
        yield "stable-baselines3 computes with PyTorch, on the processor."
