"""Lesson 03's parts: a draft asks for no more than its lesson has said, and no wrong pair of parts gets two ticks."""

import pytest

from helpers.engine import mine as mine_of_kernel
from helpers.engine.assembly import assemble
from helpers.engine.judging import judge
from helpers.engine.mine import Mine
from helpers.engine.part import PARTS
from helpers.engine.parts.going_back import other_order
from helpers.engine.parts.graphs import graphs

BACK, ORDER, BACKWARD = (PARTS[name] for name in ("pass_back", "topological_order", "Value.backward"))


def test_a_draft_that_goes_on_to_the_parents_parents_is_refused():
    onward = BACK.draft.own + "        pass_back(parent)\n"
    assert judge(BACK, BACK.draft.own, draft=True) == ""
    assert "One step only" in judge(BACK, onward, draft=True)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("local * parent.grad", "the parent's own gradient, which is still 0; the upstream is `node.grad`"),
        ("node.local * node.grad", "walk through `node.parents` and `node.local` together, with `zip`"),
        ("parent.local * node.grad", "The local derivative is kept by the child"),
    ],
)
def test_slips_of_a_draft_are_told_in_its_words(share, words):
    said = judge(BACK, BACK.draft.own.replace("local * node.grad", share), draft=True)
    assert words in said and "sequence" not in said


def test_a_tuple_by_another_name_of_the_node_is_told_by_that_name():
    text = BACK.own.replace("node", "child").replace("local * child.grad", "child.grad * child.local")
    assert "`child.local` is a tuple with one entry for each parent" in judge(BACK, text)


def test_a_draft_has_hints_of_its_own_and_the_part_begins_with_its_first():
    mine = Mine()
    mine.latest, mine._drafting = BACK, True
    drafted = [mine.hint().text for _ in range(3)]
    assert [said[: len("Hint 1 of 2")] for said in drafted] == ["Hint 1 of 2", "Hint 2 of 2", "That was th"]
    assert not any("add" in said.lower() for said in drafted)
    mine._drafting = False
    assert mine.hint().text.startswith("Hint 1 of 3") and "added" in BACK.hints[-1]
    assert isinstance(mine_of_kernel, Mine)


PLAN_TWO = ORDER.own.replace(
    "            seen.add(node)\n", "            seen.add(node)\n            pass_back(node)\n"
)
TWO_ROWS = "def backward(self):\n    for node in topological_order(self):\n        node.grad = 0.0\n    self.grad = 1.0\n    for node in reversed(topological_order(self)):\n        pass_back(node)\n"


def test_an_order_that_passes_back_is_refused_whose_backward_would_say_48():
    E = assemble({"topological_order": PLAN_TWO, "Value.backward": TWO_ROWS})
    a = E.Value(3.0)
    s = a + a
    L = s * s
    L.backward()
    assert a.grad != 24.0 and judge(BACKWARD, TWO_ROWS) == ""  # so it is the order that must not get its tick
    assert "`pass_back(node)` of plan two" in judge(ORDER, PLAN_TWO)


def test_a_reversed_that_is_walked_twice_is_told():
    twice = BACKWARD.own.replace("order = topological_order(self)", "order = reversed(topological_order(self))")
    said = judge(BACKWARD, twice.replace("in reversed(order)", "in order"))
    assert "nobody has passed it on" in said and "can be walked only once" in said
    never = BACKWARD.own.replace("        pass_back(node)", "        break").replace("reversed(order)", "order")
    assert "nobody has passed it on" in judge(BACKWARD, never) and "walked only once" not in judge(BACKWARD, never)


def test_the_other_row_is_right_and_another_one():
    E = assemble()
    assert any(other_order(graph.root) != E.topological_order(graph.root) for graph in graphs(E))
    E.topological_order = other_order
    assert ORDER.judge(E) == ""


def test_a_backward_for_one_row_only_is_refused():
    """It takes the second node of the row for the first factor, as in the series' own row."""
    spoiled = (
        BACKWARD.own
        + "    if len({*self.parents}) == 2 and len(order) == 3 and order[0] is not self.parents[0]:\n        order[0].grad = 7.0\n"
    )
    assert judge(BACKWARD, spoiled).startswith("With another row of the nodes, which is as right, for a·b")


def test_a_wrong_order_of_parents_is_no_wrong_number_of_them():
    own = PARTS["Value.__mul__"].own
    assert "2 Values" not in judge(PARTS["Value.__mul__"], own.replace("(self, other), ", "(other, self), "))


def test_lines_are_counted_as_the_cell_shows_them():
    """With the line of the decorator, which stands above the text."""
    for name, right, wrong in (
        ("pass_back", "node.grad", "node.gradient"),
        ("Value.tanh", "math.tanh(self.data)", "tanh(self.data)"),
        ("Value.__mul__", "other.data, (", "other.value, ("),
    ):
        text = PARTS[name].own.replace(right, wrong)
        cell = ["@mine", *text.splitlines()]
        number = next(k for k, line in enumerate(cell, 1) if wrong in line)
        assert f"Line {number}: `{cell[number - 1].strip()}`" in judge(PARTS[name], text)
