"""The rule by which CartPole counts as solved, and the clock that rests while it is applied."""

from benchmarks.cartpole import evaluation
from benchmarks.cartpole.evaluation import AGAIN, GREEDY_ONLY, Evaluator
from helpers.rl.cartpole import SCALE, Evaluation, evaluate, new_networks

SOLVED, GREEDY, BAD = Evaluation(480.0, 500.0), Evaluation(474.9, 475.0), Evaluation(500.0, 474.0)


def test_the_rule_wants_both_and_the_clock_rests_during_evaluations(monkeypatch):
    clock, evaluations, actors = iter([10.0, 11.0, 50.0, 52.0, 90.0]), iter([GREEDY, SOLVED, BAD]), []
    monkeypatch.setattr(evaluation, "evaluate", lambda *given: next(evaluations))
    evaluator = Evaluator(7, 1.0, every=100, clock=lambda: next(clock))
    evaluator.start()
    solved = {steps: evaluator.solved(steps, lambda: actors.append("asked")) for steps in (99, 130, 199, 200)}
    assert solved == {99: False, 130: False, 199: False, 200: True} and len(actors) == 2
    run = evaluator.run()
    assert [(point.steps, point.seconds) for point in run.checkpoints] == [(130, 1.0), (200, 3.0)]
    assert run.first().steps == 200 and run.first(GREEDY_ONLY).steps == 130 and run.again == BAD
    bad = run._replace(checkpoints=[run.checkpoints[0]._replace(evaluation=BAD)])
    assert bad.first() is bad.first(GREEDY_ONLY) is None


def test_the_helpers_evaluate_and_never_on_the_same_poles_twice():
    actor, _ = new_networks(3)
    evaluator = Evaluator(3, SCALE, every=1, episodes=4)
    evaluator.start()
    evaluator.solved(1, lambda: actor)
    run = evaluator.run()
    first, again = (evaluate(actor, 3 + shift, 4, SCALE) for shift in (AGAIN // 2, AGAIN))
    assert run.checkpoints[0].evaluation == first and run.again == again and first != again
