"""The one visual language of every picture. Colour never stands alone: sign is also dash and written minus."""

INK, DIM, CARD = "#222222", "#767676", "#FFFFFF"
POSITIVE, NEGATIVE, NOW = "#0072B2", "#A34100", "#FFF6C2"
PARAMETER, INPUT = "#EAF3FA", "#F3F3F3"
ACTOR, CRITIC = "#6A3D9A", "#00664B"
LOOKS = ((POSITIVE, "-", "o"), (NEGATIVE, "--", "s"), (CRITIC, "-.", "^"), (ACTOR, ":", "D"))  # of the lines of a plot
