"""What plots, steppers and explorers share: SVG elements, axes, heat maps, colours, figures."""
