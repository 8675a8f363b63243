"""The training stepper: the boundary between two classes moves, and the loss falls."""

import base64
import io

import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize, to_rgb
from matplotlib.image import imsave
from matplotlib.ticker import MaxNLocator

from helpers.drawing import svg
from helpers.drawing.axes import StaticAxes
from helpers.drawing.figure import lesson_figure
from helpers.drawing.loss_curve import draw_loss
from helpers.steppers.player import Player

PIXELS, TINTS = 80, 10  # few tints make a small image; an even number of them has a border at 0.5
LIGHT = [tuple(0.3 * part + 0.7 for part in to_rgb(colour)) for colour in (svg.POSITIVE, svg.NEGATIVE)]
COLOURS = LinearSegmentedColormap.from_list("tints", [LIGHT[0], svg.CARD, LIGHT[1]], N=TINTS)
DISC, TRIANGLE = "m-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0z", "m0-4.6l4.4 7.6h-8.8z"


def show_training(history, X, labels, probability):
    """Show how the boundary between two classes moves in a training; returns a `Player`.

    history: a `helpers.networks.history.History`; X: points (N, 2); labels: 0 or 1 for each;
    probability(params, points) gives the probability of class 1 at points (M, 2) as an array (M,). Raises ValueError
    where one of these does not fit.
    """
    X, labels = checked_points(X, labels)
    guesses = [checked_probability(probability, params, X) > 0.5 for _, _, params in history.snapshots]
    centre = (X.min(axis=0) + X.max(axis=0)) / 2
    half = 0.56 * np.ptp(X, axis=0).max() or 1.0
    axes = _static_axes(history.losses, centre, half)
    points = [_points(axes, X[labels == 0], DISC, svg.POSITIVE), _points(axes, X[labels == 1], TRIANGLE, svg.NEGATIVE)]
    plane = centre[:, None] + half * ((2 * np.arange(PIXELS) + 1) / PIXELS - 1)  # the middles of the pixels
    pixels = np.stack(np.meshgrid(*plane), axis=-1).reshape(-1, 2)
    scratch = lesson_figure().subplots()
    frames, captions = [], []
    for k, (step, loss, params) in enumerate(history.snapshots):
        share = percent(np.mean(guesses[k] == labels))
        captions.append(f"Step {step}: loss {svg.number(loss)}, {share} % of the points right.")
        seen = checked_probability(probability, params, pixels).reshape(PIXELS, PIXELS)
        moving = [_tints(axes, seen), *_contour(axes, scratch, plane, seen)]
        frames.append([axes.element, *moving, *points, *_mark(axes, step, loss)])
    pictures = svg.pictures(axes.width, axes.height, frames, captions)
    label = "The boundary between two classes during training"
    return Player(pictures, captions, label, cuts=axes.cuts)


def checked_points(X, labels):
    """X and labels as arrays; ValueError unless they are points of a plane with a class 0 or 1 each."""
    X, labels = np.asarray(X, float), np.asarray(labels)
    if X.ndim != 2 or X.shape[1] != 2 or len(X) == 0 or not np.all(np.isfinite(X)):
        raise ValueError(f"X must be finite points of the shape (N, 2), N at least 1; its shape is {X.shape}")
    if labels.shape != X.shape[:1] or not np.all(np.isin(labels, (0, 1))):
        raise ValueError(f"labels must be 0 or 1 for each of the {len(X)} points, it is {labels!r}")
    return X, labels


def checked_probability(probability, params, points):
    """The probability at each point; ValueError unless it is one number between 0 and 1 (or NaN) for each."""
    answer = np.asarray(probability(params, points), float)
    if answer.shape != points.shape[:1] or np.any((answer < 0) | (answer > 1)):
        raise ValueError(
            f"probability must give {len(points)} numbers between 0 and 1 for {len(points)} points, "
            f"it gave an array of the shape {answer.shape}"
        )
    return answer


def percent(share):
    """A share as a whole percentage, which is 100 only if nothing is missing."""
    return round(100 * share) if share == 1 else min(round(100 * share), 99)


def _static_axes(losses, centre, half):
    def draw(plane, curve):
        for colour, marker, name in ((svg.POSITIVE, "o", "class 0"), (svg.NEGATIVE, "^", "class 1")):
            plane.plot([], [], marker, color=colour, ms=7, label=name)
        (left, bottom), (right, top) = centre - half, centre + half
        plane.set(xlim=(left, right), ylim=(bottom, top), aspect="equal", xlabel="first input", ylabel="second input")
        plane.grid(visible=False)
        plane.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, borderaxespad=0.2)
        shades = plane.figure.colorbar(
            ScalarMappable(Normalize(0, 1), COLOURS),
            ax=plane,
            location="bottom",
            ticks=[0, 0.5, 1],
            aspect=30,
            shrink=0.7,
        )
        shades.set_label("probability of class 1; the line: 0.5")
        shades.ax.axvline(0.5, color=svg.INK, lw=2)
        draw_loss(curve, {"loss": losses})
        curve.set_ylabel("loss, on a logarithmic axis")
        last = max(len(losses) - 1, 1)
        curve.set_xlim(-0.03 * last, 1.03 * last)
        curve.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10], integer=True))

    return StaticAxes(draw, 700, 410, columns=2)


def _places(axes, points):
    """SVG coordinates of data points (M, 2) of the plane."""
    u, v = axes.axes[0].transData.transform(points).T
    return zip(u, axes.height - v, strict=True)


def _points(axes, points, shape, colour):
    """All points of a class as one element."""
    path = "".join(f"M{u:.1f} {v:.1f}{shape}" for u, v in _places(axes, points))
    return f"<path d='{path}' fill='{colour}' stroke='#FFFFFF' stroke-width='0.6'/>"


def _tints(axes, seen):
    """The probabilities as an image behind the points."""
    box = axes.axes[0].bbox
    with io.BytesIO() as file:
        imsave(file, seen, cmap=COLOURS, vmin=0, vmax=1, format="png", origin="lower", metadata={"Software": None})
        data = base64.b64encode(file.getvalue()).decode()
    size = f"width='{box.width:.1f}' height='{box.height:.1f}' preserveAspectRatio='none'"
    return f"<image x='{box.x0:.1f}' y='{axes.height - box.y1:.1f}' {size} href='data:image/png;base64,{data}'/>"


def _contour(axes, scratch, plane, seen):
    """The line on which both classes have the probability 0.5, if there is one."""
    if not np.nanmin(seen, initial=1) < 0.5 < np.nanmax(seen, initial=0):
        return []
    contours = scratch.contour(*plane, seen, levels=[0.5])
    contours.remove()
    lines = (_places(axes, line) for line in contours.allsegs[0])
    path = "".join("M" + "L".join(f"{u:.1f} {v:.1f}" for u, v in line) for line in lines)
    return [svg.line(path, width=2)]


def _mark(axes, step, loss):
    """Where the training stands on the loss curve."""
    if not np.isfinite(loss):
        return []
    u, v = axes.point(step, max(loss, 1e-16), panel=1)
    return [f"<circle cx='{u:.1f}' cy='{v:.1f}' r='6' fill='{svg.NOW}' stroke='{svg.INK}' stroke-width='2'/>"]
