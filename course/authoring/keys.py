"""Keys of the visible checks, made from an assignment's source and its known mistakes."""

import json
from functools import cache

from course.authoring.sources import answer_cells, namespace_of, read_source, set_seed, solution_text, tasks_of
from helpers.checks.exercise import Exercise
from helpers.checks.key import SEEDS, task_from


def exercise_of(task, name, source, namespace, pairs):
    """The `Exercise` of a task: its solution, run in this namespace, with the task's probes and mistakes."""
    own = dict(namespace)
    exec(source, own)
    return Exercise(own[name], tuple(task.probes), tuple(task.hints), task.named, task.rtol, task.atol, source, pairs)


@cache
def exercises_of(assignment):
    """For each task with a visible check, by name, its `Exercise` for each seed, or one where no seed matters.

    Pairs of mistakes are worked out for the first seed alone: keys with a variant for each seed hold none.
    """
    notebook, tasks = read_source(assignment), tasks_of(assignment)
    namespace, cells = namespace_of(assignment), answer_cells(notebook)
    made = {name: [] for name in tasks}
    for seed in SEEDS:
        set_seed(notebook, namespace, seed)
        for name, task in tasks.items():
            if task.per_seed or not made[name]:
                exercise = exercise_of(task, name, solution_text(cells[name]), namespace, pairs=not made[name])
                exercise.work_out()  # now, while functions of the notebook see this seed's names
                made[name].append(exercise)
    return made


def key_text(assignment):
    """The key file of an assignment, one task on each line."""
    tasks = {name: task_from(exercises) for name, exercises in exercises_of(assignment).items()}
    lines = [f"{json.dumps(name)}: {json.dumps(task, ensure_ascii=False)}" for name, task in tasks.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"
