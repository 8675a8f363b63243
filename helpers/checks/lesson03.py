"""The exercise of lesson 03b, paths and forward."""

from helpers.checks.exercise import exercise


@exercise(
    named=("value", "slope"),
    probes=[(2.0, 1.0, 3.0, 0.0), (2.0, 0.5, -1.0, 4.0), (0.7, -2.0, 0.1, 1.5)],
    hints=[
        "The value of a product is a·b. Its derivative is the product rule.",
        "(a·b)′ = a′·b + a·b′.",
    ],
    mistakes=[
        ("both", "da * b + a * db", "da * db", "The derivative of a product is not the product of the derivatives: (a·b)′ = a′·b + a·b′."),
        ("first", "da * b + a * db", "da * b", "The second half of the product rule is missing: b moves too, and contributes a·b′."),
        ("second", "da * b + a * db", "a * db", "The first half of the product rule is missing: a moves too, and contributes a′·b."),
        ("minus", "da * b + a * db", "da * b - a * db", "The two halves of the product rule are added; the minus belongs to a quotient."),
        ("sum", "da * b + a * db", "da + db", "That is the rule for a sum. For a product each slope is multiplied by the other value."),
        ("crossed", "da * b + a * db", "da * a + b * db", "Each slope is multiplied by the *other* factor: a′ by b and b′ by a."),
    ],
)  # fmt: skip
def dual_product(a, da, b, db):
    """Return (value, slope) of the product of two dual numbers (a, da) and (b, db)."""
    return a * b, da * b + a * db
