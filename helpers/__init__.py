"""Code shared by the lessons of Follow the Gradient."""
